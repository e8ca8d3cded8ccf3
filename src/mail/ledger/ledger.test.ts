import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  accountWord,
  actionOn,
  correctionOf,
  idOf,
  MORNING,
  seenMail,
  toldOf,
  urgentMail,
} from '../../../testing/mail-records.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {openFolder} from '../../kit/folder.js'
import {resumeFrom, threadFacts} from './facts.js'
import {formatRecords} from './format.js'
import {parseRecords} from './parse.js'
import {mailPaths} from './paths.js'
import {ledgerOf, readLedger, withRecords} from './read.js'
import type {MailRecord} from './record.js'

const donna = {name: 'donna', path: 'workspaces/donna'}
const later = (minutes: number) => new Date(Date.parse(MORNING) + minutes * 60_000).toISOString()

const everyKind: MailRecord[] = [
  seenMail('a', {
    actions: [
      {kind: 'label', label: 'Rechnung'},
      {kind: 'draft', text: 'Danke.\nAda'},
      {kind: 'move', to: 'Old'},
    ],
    attachments: [{name: 'a.pdf', type: 'application/pdf', size: null}],
    tell: ['jarvis'],
  }),
  {kind: 'moved', at: later(1), turn: 't_01', id: idOf('m', 'a'), ref: {folder: 'Old', key: '1:2'}},
  actionOn(seenMail('a'), 1, {at: later(2), ref: {folder: 'Drafts', key: '3:4'}, why: 'it was asked for'}),
  toldOf(urgentMail('b'), {at: later(3)}),
  {kind: 'digest', at: later(4), turn: 't_01', to: 'jarvis', account: 'work', slot: MORNING, as: 'k2'},
  accountWord('first', {at: later(5), left: 3120}),
  correctionOf(seenMail('a'), {at: later(6)}),
]

test('records are read back as they were written', () => {
  const text = formatRecords(everyKind)
  expect(parseRecords(text, 'x.jsonl')).toEqual({records: everyKind, troubles: []})
  expect(formatRecords(parseRecords(text, 'x.jsonl').records)).toBe(text)
})

test('a line has its keys in one order, whatever order they came in', () => {
  const mail = seenMail('a')
  const turned = Object.fromEntries(Object.entries(mail).reverse()) as unknown as MailRecord
  expect(formatRecords([turned])).toBe(formatRecords([mail]))
  expect(formatRecords([mail])).toMatch(
    /^\{"kind":"mail","at":"2036-11-21T08:30:00.000Z","turn":"t_01","account":"work","id":"m_/,
  )
})

test('no text of a mail can steer a terminal or break a line, and none is lost', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 60}), (subject) => {
      const text = formatRecords([seenMail('a', {subject})])
      expect(text.slice(0, -1)).not.toMatch(/\p{C}|[\u2028\u2029]/u)
      expect(parseRecords(text, 'x.jsonl').records).toMatchObject([{subject}])
    }),
  )
})

test('a line that is none is skipped and named, and so is a last one that was torn', () => {
  const whole = formatRecords([seenMail('a'), seenMail('b')])
  const text = `${whole}<<<<<<< ours\n{"kind":"mail","at":"yesterday"}\n{"kind":"wish"}\n${formatRecords([seenMail('c')]).slice(0, 90)}`
  const {records, troubles} = parseRecords(text, 'x.jsonl')
  expect(records).toHaveLength(2)
  expect(troubles.map(({line, message}) => `${line} ${message.slice(0, 80)}`)).toMatchInlineSnapshot(`
    [
      "3 expected one line of JSON, got "<<<<<<< ours"",
      "4 expected "at" to be a time such as 2026-11-21T08:30:00.000Z, got "{\\"kind\\":\\"ma",
      "5 expected "kind" to be one of mail, moved, action, escalated, digest, account, co",
      "6 expected one line of JSON, got "{\\"kind\\":\\"mail\\",\\"at\\":\\"2036-11-21T08:30:00.",
    ]
  `)
})

test('whatever a file holds, reading it neither throws nor makes a record of it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseRecords(text, 'x.jsonl').records).toEqual([])
    }),
  )
})

test('any damage to one line costs that line alone', () => {
  const lines = formatRecords(everyKind).trimEnd().split('\n')
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.nat(60), (at, cut) => {
      const damaged = lines.map((line, index) => (index === at ? line.slice(0, cut) : line)).join('\n')
      const {records, troubles} = parseRecords(damaged, 'x.jsonl')
      expect(records).toHaveLength(lines.length - 1)
      expect(troubles).toHaveLength(cut === 0 ? 0 : 1)
    }),
  )
})

test('what two machines have appended reads alike in either order of a merge, and doubled lines count once', () => {
  const one = everyKind.map((record) => ({...record, turn: 't_01'}))
  const other = everyKind.map((record) => ({...record, turn: 't_02'}))
  const merged = [formatRecords(one) + formatRecords(other), formatRecords(other) + formatRecords(one)]
  const [a, b] = merged.map((text) => parseRecords(text + formatRecords(one), 'x.jsonl').records)
  expect(a).toEqual(b)
  expect(a).toHaveLength(everyKind.length * 2)
})

test('the sum knows where a mail lies, what it was corrected to, and how each action stands', () => {
  const [mail] = ledgerOf(everyKind, 'UTC').mails.values()
  expect(mail).toMatchObject({
    ref: {folder: 'Old', key: '1:2'},
    class: 'other',
    correctedBy: 'ada',
    actions: [
      {n: 0, state: 'proposed', wish: {kind: 'label', label: 'Rechnung'}},
      {n: 1, state: 'done', ref: {folder: 'Drafts'}},
      {n: 2, state: 'proposed'},
    ],
  })
})

test('a thread knows who made it urgent, who was told, and whether a draft of ours lies in it', () => {
  const first = urgentMail('a', {actions: [{kind: 'draft', text: 'x'}]})
  const second = seenMail('b', {thread: first.thread, from: 'ben@northwind.example', account: 'home', at: later(9)})
  const done = actionOn(first, 0)
  const ledger = ledgerOf([first, second, toldOf(first), done], 'UTC')
  const thread = ledger.threads.get(first.thread)
  expect(thread).toMatchObject({urgentFrom: [first.from], isDrafted: true, told: [{to: 'jarvis'}]})
  expect(thread?.mails.map(({seen}) => seen.account)).toEqual(['work', 'home'])
  const undone = ledgerOf([first, done, {...done, at: later(1), state: 'undone'}], 'UTC')
  expect(undone.threads.get(first.thread)?.isDrafted).toBe(false)
  const facts = threadFacts(ledger, {thread: first.thread, from: first.from, own: [second.from]})
  expect(facts).toEqual({isAnsweredByUs: true, urgentFrom: first.from, knownSender: 1})
})

test('a mail that two machines have judged stays what it was judged first', () => {
  const first = urgentMail('a')
  const again = seenMail('a', {at: later(3), turn: 't_02'})
  expect(ledgerOf([again, first], 'UTC').mails.get(first.id)?.class).toBe('urgent')
})

test('an account fails since its last failing record until it is back', () => {
  const failing = accountWord('failing', {since: later(-5)})
  const ledger = ledgerOf([seenMail('a'), failing], 'UTC')
  expect(ledger.accounts.get('work')).toMatchObject({failing: {since: later(-5)}, latest: MORNING})
  const back = withRecords(ledger, '2036-11-21', [accountWord('back', {at: later(1)})])
  expect(back.accounts.get('work')).toMatchObject({failing: null, told: null})
})

test('without a cursor, reading goes on two days before the latest mail, and never from the future', () => {
  const now = Date.parse(MORNING)
  const ledger = ledgerOf([seenMail('a', {received: later(-60)}), seenMail('b', {received: later(-90)})], 'UTC')
  expect(resumeFrom(ledger, 'work', now)).toBe(now - 60 * 60_000 - 2 * 86_400_000)
  expect(resumeFrom(ledgerOf([seenMail('a', {received: later(999_999)})], 'UTC'), 'work', now)).toBe(
    now - 2 * 86_400_000,
  )
  expect(resumeFrom(ledger, 'home', now)).toBeNull()
})

test('only days of the window are read, and a day only when it is asked for', () => {
  const dir = tempFolder()
  const files = openFolder(dir)
  const paths = mailPaths(donna)
  files.append(paths.ledger('2036-10-01'), formatRecords([seenMail('old', {at: '2036-10-01T08:00:00.000Z'})]))
  files.append(paths.ledger('2036-11-20'), formatRecords([seenMail('a', {at: '2036-11-20T08:00:00.000Z'})]))
  files.append(paths.ledger('2036-11-21'), `${formatRecords([seenMail('b')])}nonsense\n`)
  writeFileSync(join(dir, paths.page('2036-11-21')), '# Mail\n')
  mkdirSync(join(dir, `${paths.folder}/2036-11-22.jsonl`))
  const ledger = readLedger(files, donna, {days: 45, now: Date.parse(MORNING), zone: 'UTC'})
  expect(ledger.days).toEqual(['2036-11-20', '2036-11-21'])
  expect(ledger.records('2036-11-20')).toMatchObject([{id: idOf('m', 'a')}])
  files.append(paths.ledger('2036-11-20'), formatRecords([seenMail('c')]))
  expect([...ledger.mails.keys()]).toEqual([idOf('m', 'a'), idOf('m', 'b')])
  expect(ledger.troubles).toMatchObject([{file: 'workspaces/donna/mail/2036-11-21.jsonl', line: 2}])
})

test('an agent without mail has an empty ledger', () => {
  const ledger = readLedger(openFolder(tempFolder()), donna, {days: 45, now: 0, zone: 'UTC'})
  expect([ledger.days, ledger.mails.size, ledger.records('1970-01-01')]).toEqual([[], 0, []])
})
