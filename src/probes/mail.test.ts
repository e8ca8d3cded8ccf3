import {expect, test} from 'vitest'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {mailProbe} from './mail.js'
import type {MailSight, SightedAccount} from './probe.js'

const account = (name: string, more: Partial<SightedAccount> = {}): SightedAccount => ({
  account: name,
  failure: null,
  failureKind: null,
  fresh: [],
  ...more,
})
const read = (span: string, sight: MailSight | null) =>
  mailProbe.read(probeCall(span), probeContext({}, {mail: () => sight}))

test('new mail is told one by one, and none is no news', async () => {
  const sight = {
    turn: 't_1',
    troubles: [],
    accounts: [account('home', {fresh: ['urgent, from a@b: Gas']}), account('work')],
  }
  expect(await read('mail', sight)).toMatchObject({
    level: 'ok',
    detail: '1 new (home 1): urgent, from a@b: Gas',
    items: ['urgent, from a@b: Gas'],
  })
  expect(await read('mail work', sight)).toMatchObject({level: 'ok', detail: 'no new mail', items: []})
})

test('an account that can not be checked is a failure that stays the same while it fails in the same way', async () => {
  const failing = (since: string): MailSight => ({
    turn: 't_2',
    troubles: [],
    accounts: [
      account('home', {failure: `could not check home since ${since}`, failureKind: 'credentials'}),
      account('work', {fresh: ['x']}),
    ],
  })
  const [one, other] = await Promise.all([read('mail', failing('08:00')), read('mail', failing('09:00'))])
  expect(one).toMatchObject({level: 'failed', detail: 'could not check home since 08:00; 1 new (work 1)'})
  expect(other?.fingerprint).toBe(one?.fingerprint)
})

test('a mailbox that nobody has named is a failure that says where to name it', async () => {
  expect(await read('mail', null)).toMatchObject({
    level: 'failed',
    detail: 'mcos.yaml names no account whose agent is donna: mcos email accounts',
  })
  expect((await read('mail lost', {turn: 't', troubles: [], accounts: [account('home')]})).detail).toContain(
    'no account lost',
  )
})

test('a rule that can not be read is told once, however often it is met', async () => {
  const sight = {turn: 't_3', troubles: ['MAIL.md:4: expected a class'], accounts: [account('home')]}
  const [one, other] = await Promise.all([read('mail', sight), read('mail', {...sight, turn: 't_4'})])
  expect(one).toMatchObject({level: 'failed', detail: 'MAIL.md:4: expected a class'})
  expect(other?.fingerprint).toBe(one?.fingerprint)
})
