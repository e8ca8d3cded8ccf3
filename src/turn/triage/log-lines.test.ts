import {expect, test} from 'vitest'
import {NEW_ACCOUNT} from '../../mail/desk/account-state.js'
import type {MaildirAccount} from '../../workspace/config.js'
import {triageLines} from './log-lines.js'
import type {ReadAccount} from './read-accounts.js'

const account: MaildirAccount = {
  kind: 'maildir',
  path: 'Mail',
  agent: 'donna',
  escalate: null,
  folders: [],
  digest: [],
  rate: null,
  sinceMs: null,
  timeoutMs: 1,
  addresses: [],
  authserv: null,
}
const failure = {
  kind: 'folder',
  message: 'Mail is not a folder',
  fix: 'mcos email check home',
  since: '2026-11-21T08:30:00.000Z',
  notBefore: null,
  refused: null,
} as const
const quiet = {reports: [], untold: []}

function read(before: ReadAccount['before'], after: ReadAccount['after']): ReadAccount {
  const reading = {mails: [], broken: [], cursor: null, left: 0, waiting: 0, isReset: false, trouble: null}
  return {
    name: 'home',
    account,
    before,
    after,
    reading,
    isFirst: false,
    since: 0,
    isSkipped: false,
    damaged: null,
    ms: 1,
  }
}

test('an account that begins to fail is named with what mends it, also where nobody is told, and once', () => {
  const failing = {...NEW_ACCOUNT, failure}
  const lines = (before: ReadAccount['before'], after: ReadAccount['after']) =>
    triageLines({accounts: [read(before, after)], seen: [], tellings: quiet})
  expect(lines(NEW_ACCOUNT, failing)).toEqual([
    'mail: could not check home: Mail is not a folder; mcos email check home',
  ])
  expect(lines(failing, NEW_ACCOUNT)).toEqual(['mail: home can be checked again'])
  expect(lines(failing, failing).join()).not.toContain('home')
})
