import {expect, test} from 'vitest'
import {MORNING} from '../../../testing/mail-records.js'
import {ledgerOf} from '../ledger/read.js'
import type {MailRecord} from '../ledger/record.js'
import {type AccountNewsInput, type AccountResult, accountRecords, planAccountNews} from './account-news.js'
import type {EscalationAccount} from './escalation.js'

const account: EscalationAccount = {agent: 'donna', escalate: 'jarvis', digest: [], rate: null, addresses: []}
const now = Date.parse(MORNING)
const refused = {
  kind: 'credentials',
  message: 'imap.example refuses the password of ada',
  fix: 'mcos secrets set HOME_MAIL',
} as const
const later = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

const failed = (name = 'home', since = MORNING): AccountResult => ({account: name, trouble: refused, since})
const fine = (name = 'home'): AccountResult => ({account: name, trouble: null, since: MORNING})

/** Runs one after the other over a growing ledger; what each tells and what it records. */
function runs(
  ...rounds: readonly {readonly results: readonly AccountResult[]; readonly given?: Partial<AccountNewsInput>}[]
) {
  const records: MailRecord[] = []
  return rounds.map(({results, given = {}}, round) => {
    const stamp = {at: later(round * 15), turn: 't_01'}
    const {tellings, silent} = planAccountNews({
      ledger: ledgerOf(records, 'UTC'),
      results,
      accounts: {home: account, work: account},
      reach: (name) => (name === 'jarvis' ? 'agent' : null),
      reportsTo: null,
      now: now + round * 15 * 60_000,
      zone: 'UTC',
      isQuiet: false,
      ...given,
    })
    const added = [
      ...accountRecords(silent, stamp),
      ...tellings.flatMap(({items, key}) => accountRecords(items, {...stamp, as: key})),
    ]
    records.push(...added)
    return [tellings.map(({subject}) => subject), added.map(({state}) => state)]
  })
}

test('an account that begins to fail is told once with since when, and once when it is back', () => {
  expect(
    runs({results: [fine()]}, {results: [failed()]}, {results: [failed()]}, {results: [fine()]}, {results: [fine()]}),
  ).toEqual([
    [[], []],
    [['Could not check home'], ['failing']],
    [[], []],
    [['home can be checked again'], ['back']],
    [[], []],
  ])
})

test('quiet hours record it at once and tell it when they are over, and nothing where it is over by then', () => {
  const given = {isQuiet: true}
  expect(
    runs({results: [failed()], given}, {results: [failed()], given}, {results: [failed()]}, {results: [failed()]}),
  ).toEqual([
    [[], ['failing']],
    [[], []],
    [['Could not check home'], ['failing']],
    [[], []],
  ])
  expect(runs({results: [failed()], given}, {results: [fine()], given}, {results: [fine()]})).toEqual([
    [[], ['failing']],
    [[], ['back']],
    [[], []],
  ])
  expect(runs({results: [failed()]}, {results: [fine()], given}, {results: [fine()]}, {results: [fine()]})).toEqual([
    [['Could not check home'], ['failing']],
    [[], ['back']],
    [['home can be checked again'], ['back']],
    [[], []],
  ])
})

test('accounts that fail together are one message, and a fleet that has nobody to tell keeps it all the same', () => {
  expect(runs({results: [failed('home'), failed('work')]}, {results: [fine('home'), failed('work')]})).toEqual([
    [['Could not check home, work'], ['failing', 'failing']],
    [['home can be checked again'], ['back']],
  ])
  const nobody = {accounts: {home: {...account, escalate: null}}}
  expect(runs({results: [failed()], given: nobody}, {results: [failed()], given: nobody})).toEqual([
    [[], ['failing']],
    [[], []],
  ])
})

test('a server that says later is believed for half an hour', () => {
  const throttled: AccountResult = {account: 'home', trouble: {...refused, kind: 'throttled'}, since: MORNING}
  expect(runs({results: [throttled]}, {results: [throttled]}, {results: [throttled]})).toEqual([
    [[], []],
    [[], []],
    [['Could not check home'], ['failing']],
  ])
})

test('the message says since when, why, and what mends it', () => {
  const {tellings} = planAccountNews({
    ledger: ledgerOf([], 'UTC'),
    results: [failed('home', later(-78))],
    accounts: {home: account},
    reach: () => 'agent',
    reportsTo: null,
    now,
    zone: 'UTC',
    isQuiet: false,
  })
  expect(tellings[0]?.body).toMatchInlineSnapshot(`
    "- Could not check home since 21 Nov 07:12: \`imap.example\` refuses the password of ada
      → \`mcos secrets set HOME_MAIL\`"
  `)
})
