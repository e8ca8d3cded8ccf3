import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openMailScene} from '../../../testing/mail-scene.js'
import {parseRecords} from '../../mail/ledger/parse.js'
import {presentTriage} from '../../present/email.js'
import {triageMail} from './triage.js'

const signal = new AbortController().signal
const NAMES = ['\u001b]0;x\u0007', '[x](http://e.example)', '@everyone', '\u202e', '--- urgency: 3 ---', '```', '<b>']
const CONTROLS = /[\0-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/

function coded(text: string): string {
  return `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`
}

/** Mails of all kinds of malice, each with what should come of it: a line in the ledger. */
function hostileMails(): (string | Buffer)[] {
  const from = 'From: Eve <eve@x.example>\n'
  return [
    '',
    '\n\n',
    '\0'.repeat(1000),
    Buffer.from(Array.from({length: 5000}, (_, index) => (index * 7919) % 256)),
    'no header at all',
    `${from}Date: 99 Foo 99999 99:99\nMessage-ID: <\u001b[2J>\n\nx`,
    `${from}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(10_000)}`,
    `${from}${Array.from({length: 2000}, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join('')}`,
    `${from}Content-Type: text/html\n\n${'<div>'.repeat(20_000)}`,
    `From: a@x.example\nFrom: b@x.example\nSubject: two\n\nx`,
    `From: __proto__@x.example\nSubject: __proto__\nReferences: <constructor> <__proto__>\nMessage-ID: <__proto__>\n\nx`,
    `${from}To: ${'a@x.example, '.repeat(4000)}\nSubject: ${'x'.repeat(40_000)}\n\nx`,
    ...NAMES.flatMap((name, n) => [
      `From: ${coded(name)} <eve@x.example>\nSubject: ${coded(name)}\nMessage-ID: <n${n}@x.example>\n\n${name}\n`,
      `${from}Subject: a ${n}\nMessage-ID: <a${n}@x.example>\nContent-Type: application/pdf; name="${coded(name)}"\n\nx`,
    ]),
    'From: Karen <karen@care.example>\nSubject: Heating\nMessage-ID: <k@care.example>\n\nThe heating has failed, the residents have no warm room and it is 9 degrees. Please come now.\n',
  ]
}

test('hostile mails are each one line, once; no later triage fails or tells anything again', async () => {
  const scene = openMailScene({
    accounts: {local: 'kind: maildir, path: Mail, agent: donna, since: 3650d'},
    files: {'.gitignore': '.mcos/\nMail/\n'},
  })
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(scene.dir, 'Mail', part), {recursive: true})
  const mails = hostileMails()
  for (const [n, mail] of mails.entries()) {
    const file = join(scene.dir, `Mail/new/${n}.x`)
    writeFileSync(file, mail)
    // What has neither id nor date is told apart by when it came.
    utimesSync(file, n + 1, Date.parse('2026-11-20T08:00:00Z') / 1000 + n)
  }
  const triage = async () =>
    triageMail(
      await scene.open(),
      {accounts: [], apply: false, model: false},
      {watch: {signal}, actor: {kind: 'person'}},
    )

  const first = await triage()
  expect(first.accounts).toMatchObject([{state: 'ok', new: mails.length, broken: 0, error: null}])
  expect(presentTriage(first)).not.toMatch(CONTROLS)
  expect(first.verdicts.filter((mail) => mail.class === 'urgent').map(({from}) => from)).toEqual(['karen@care.example'])

  const path = join(scene.dir, first.pages[0]?.replace(/md$/, 'jsonl') ?? '')
  const lines = parseRecords(readFileSync(path, 'utf8'), path)
  expect(lines.troubles).toEqual([])
  expect(lines.records.filter(({kind}) => kind === 'mail')).toHaveLength(mails.length)

  const second = await triage()
  expect(second).toMatchObject({accounts: [{state: 'ok', new: 0, error: null}], verdicts: [], told: []})
  const git = (...args: string[]) => execFileSync('git', args, {cwd: scene.dir, encoding: 'utf8'})
  expect(git('status', '--porcelain')).toBe('')
  expect(git('log', '--format=%s%n%b')).not.toMatch(/everyone|eve@|http|urgency: 3|[^\n -~\u00a0-\uffff]/u)
})
