import {mkdirSync, writeFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {afterAll, expect, onTestFinished, test as plain} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {openMailScene} from '../../../testing/mail-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import type {AccountFailure} from '../../mail/desk/account-state.js'
import {formatAccountState, readAccountState} from '../../mail/desk/account-state.js'
import {checkAccounts} from './check.js'

const test = testNeeding(...DOVECOT)
const PERSON = {kind: 'person'} as const
const signal = new AbortController().signal
const MAIL = 'From: ben@partner.example\r\nSubject: Hello\r\n\r\nHello\r\n'

let started: Promise<Dovecot> | null = null
const server = (): Promise<Dovecot> => {
  started ??= startDovecot({users: {ada: 'a good one'}})
  return started
}
afterAll(async () => (await started)?.close())

async function imap(changes = ''): Promise<string> {
  const {tlsPort, ca} = await server()
  return `kind: imap, host: 127.0.0.1, port: ${tlsPort}, ca: "${ca}", user: ada, agent: donna, ${changes}`
}

const FAILURE: AccountFailure = {
  kind: 'credentials',
  message: 'refused',
  fix: 'mcos email check home',
  since: '2026-11-21T07:00:00.000Z',
  notBefore: null,
  refused: 'this very password',
}

plain('a folder of mail opens, and one that is not there says so; neither is touched', async () => {
  const scene = openMailScene({
    accounts: {local: 'kind: maildir, path: Mail, agent: donna', lost: 'kind: maildir, path: Nowhere, agent: donna'},
  })
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(scene.dir, 'Mail', folder), {recursive: true})
  writeFileSync(join(scene.dir, 'Mail/new/1.a'), MAIL)
  const {accounts} = await checkAccounts(await scene.open(), {names: [], signal}, PERSON)
  expect(accounts).toMatchObject([
    {account: 'local', state: 'ok', error: null, folders: [{mails: 1}]},
    {account: 'lost', state: 'failed', error: {code: 'folder', message: expect.stringContaining('Nowhere')}},
  ])
  expect(scene.list('Mail/new')).toEqual(['1.a'])
  expect(scene.list('.mcos/mail')).toEqual([])
})

test('each account has one clear line and the command that mends it, and the others are unharmed', async () => {
  const {ca} = await server()
  const silent = createServer(() => undefined)
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void silent.close())
  const {port} = silent.address() as AddressInfo
  const scene = openMailScene({
    env: {GOOD: 'a good one', BAD: 'a wrong one'},
    accounts: {
      good: await imap('password: env:GOOD'),
      wrong: await imap('password: env:BAD'),
      absent: await imap('password: env:NOT_SET'),
      token: await imap('token: env:BAD'),
      unknown: 'kind: imap, host: mail.invalid, user: ada, password: env:GOOD, agent: donna, timeout: 5s',
      stranger: (await imap('password: env:GOOD')).replace(`ca: "${ca}", `, ''),
      hangs: `kind: imap, host: 127.0.0.1, port: ${port}, user: ada, password: env:GOOD, agent: donna, timeout: 1s`,
    },
  })
  ;(await server()).deliver('ada', MAIL)
  const begun = Date.now()
  const {accounts} = await checkAccounts(await scene.open(), {names: [], signal}, PERSON)
  expectSoon(Date.now() - begun, 20_000)
  expect(accounts[0]).toMatchObject({state: 'ok', folders: expect.arrayContaining([{name: 'INBOX', mails: 1}])})
  expect(accounts.map(({account, error}) => [account, error?.code ?? null])).toEqual([
    ['good', null],
    ['wrong', 'credentials'],
    ['absent', 'secret'],
    ['token', 'credentials'],
    ['unknown', 'unknown-host'],
    ['stranger', 'certificate'],
    ['hangs', 'timeout'],
  ])
  for (const {error} of accounts.slice(1)) {
    expect(error?.message).not.toMatch(/\n|a good one|a wrong one/)
    expect(error?.suggestions[0]).toMatch(/mcos |NOT_SET|ca|host/)
  }
  expect((await server()).read('ada').map(({flags}) => flags)).toEqual([[]])
})

test('an account that was put aside is knocked at again once it opens, and stays failing until it is read', async () => {
  const scene = openMailScene({env: {GOOD: 'a good one'}, accounts: {home: await imap('password: env:GOOD')}})
  const fleet = await scene.open()
  const failing = {cursor: null, checked: null, fresh: 0, failure: FAILURE}
  fleet.mcos.write('mail/home.json', formatAccountState(failing))
  await checkAccounts(fleet, {names: ['home'], signal}, PERSON)
  expect(readAccountState(fleet.mcos, 'home').state.failure).toEqual({...FAILURE, refused: null})
})

plain(
  'an unknown account is wrong usage with the nearest name, and one of another agent is refused to an agent',
  async () => {
    const scene = openMailScene({
      accounts: {work: 'kind: maildir, path: A, agent: donna', team: 'kind: maildir, path: B, agent: jarvis'},
    })
    const fleet = await scene.open()
    const donna = {kind: 'agent', name: 'donna', by: 'itself'} as const
    await expect(checkAccounts(fleet, {names: ['wrok'], signal}, PERSON)).rejects.toMatchObject({
      code: 'NO_ACCOUNT',
      exit: 2,
      suggestions: ['Did you mean work?'],
    })
    await expect(checkAccounts(fleet, {names: ['team'], signal}, donna)).rejects.toMatchObject({exit: 3})
    const jarvis = {kind: 'agent', name: 'jarvis', by: 'itself'} as const
    await expect(checkAccounts(fleet, {names: [], signal}, jarvis)).rejects.toMatchObject({code: 'REFUSED', exit: 3})
    const {accounts} = await checkAccounts(fleet, {names: [], signal}, donna)
    expect(accounts.map(({account}) => account)).toEqual(['work'])
  },
)
