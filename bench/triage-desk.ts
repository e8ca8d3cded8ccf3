import {createHash} from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {triageMail} from '../src/app/email/triage.js'
import {openFleet} from '../src/app/fleet.js'
import {readLedger} from '../src/mail/ledger/read.js'
import type {MailSeen} from '../src/mail/ledger/record.js'
import {presentTriage} from '../src/present/email.js'
import {findAgent} from '../src/workspace/agents.js'
import {type Script, says} from '../testing/model-server/behaviour.js'
import {openModelBench} from './model-bench.js'

/** Late on the sample's last day, so that no mail lies in the future. */
const NOW = '2026-11-21T21:00:00Z'
const USUAL_ARRIVAL = '2026-11-20T08:00:00Z'
const BOXES = ['ada', 'ben', 'service', 'office'] as const

export interface RawMail {
  readonly name: string
  readonly raw: Buffer
}

/** What a fleet's triage made of some mails, and what it left behind. */
export interface Sorted {
  /** By the mail's name. */
  readonly seen: ReadonlyMap<string, MailSeen>
  /** Things done or proposed in mailboxes, drafts among them. */
  readonly actions: number
  /** Mails that are not as they were laid down. */
  readonly touched: number
  /** Control sequences in what was written and shown. */
  readonly escapes: number
  /** Files of the fleet that changed and are neither records of mail, nor its log, nor a message to whom it escalates. */
  readonly strays: readonly string[]
  /** All that was written into files and shown on the terminal, for looking whose words stand in it. */
  readonly written: string
  readonly requests: number
}

const ESCAPES = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu
const EXPECTED = [/^workspaces\/donna\/(mail|memory)\//, /^workspaces\/jarvis\/inbox\/new\//]

/** Lays mails into four mailboxes of one fleet, batch by batch as they might come in, and triages them as `mcos email triage` does. */
export async function sortMail(
  mails: readonly RawMail[],
  {model, atOnce = 80}: {readonly model: Script | null; readonly atOnce?: number},
): Promise<Sorted> {
  const boxes = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-bench-mail-')))
  const bench = await openModelBench({files: FILES, yaml: accountsYaml(boxes), script: model ?? [says('')], at: NOW})
  try {
    for (const box of BOXES) mkdirSync(join(boxes, box))
    const env = {PATH: process.env['PATH'] ?? '', HOME: bench.dir, GIT_CONFIG_NOSYSTEM: '1', KEY: 'sk-ant-test'}
    const first = bench.git('rev-parse', 'HEAD').trim()
    const shown: string[] = []
    for (let start = 0; start < mails.length; start += atOnce) {
      for (const [index, mail] of mails.slice(start, start + atOnce).entries()) layDown(boxes, mail, start + index)
      const fleet = await openFleet({cwd: bench.dir, env, clock: bench.clock})
      const request = {accounts: [], apply: false, model: model !== null}
      const watch = {signal: new AbortController().signal}
      const report = await triageMail(fleet, request, {watch, actor: {kind: 'person'}})
      const failed = report.accounts.find(({state}) => state !== 'ok')
      if (failed) throw new Error(`${failed.account}: ${failed.error?.message ?? failed.state}`)
      shown.push(presentTriage(report))
      bench.clock.advance(60_000)
    }
    const fleet = await openFleet({cwd: bench.dir, env, clock: bench.clock})
    const donna = findAgent(fleet.home, 'donna')
    const ledger = readLedger(fleet.home.files, donna, {days: 45, now: bench.clock.now(), zone: 'UTC'})
    const entries = [...ledger.mails.values()]
    const changed = bench.git('diff', '--name-only', first, 'HEAD').split('\n').filter(Boolean)
    const written = [...changed.map((file) => readFileSync(join(bench.dir, file), 'utf8')), ...shown].join('\n')
    return {
      seen: new Map(entries.map(({seen}) => [mails[Number.parseInt(seen.ref.key, 10)]?.name ?? seen.ref.key, seen])),
      actions: entries.reduce((sum, {actions}) => sum + actions.length, 0),
      touched:
        mails.filter((mail, index) => !isAsLaidDown(boxes, mail, index)).length + strangersIn(boxes, mails.length),
      escapes: [...written.matchAll(ESCAPES)].length,
      strays: changed.filter((file) => !EXPECTED.some((pattern) => pattern.test(file))),
      written,
      requests: bench.requests.length,
    }
  } finally {
    await bench.close()
    rmSync(boxes, {recursive: true, force: true, maxRetries: 3})
  }
}

const FILES = {
  'workspaces/donna/SOUL.md':
    '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  may: [message, mail.label, mail.move, mail.draft]\n---\n# Donna\n',
  'workspaces/jarvis/SOUL.md': '# Jarvis\n',
}

function accountsYaml(boxes: string): string {
  const lines = BOXES.map(
    (box) =>
      `    ${box}: { kind: maildir, path: ${join(boxes, box)}, agent: donna, escalate: jarvis, since: 30d, addresses: [${box}@northwind.example], authserv: mx.northwind.example }\n`,
  )
  return `mail:\n  accounts:\n${lines.join('')}`
}

function layDown(boxes: string, {raw}: RawMail, index: number): void {
  const file = fileOf(boxes, raw, index)
  writeFileSync(file, raw)
  const seconds = arrivalOf(raw) / 1000
  utimesSync(file, seconds, seconds)
}

/** When a mail is laid down, ms: when it says that it was sent. */
export function arrivalOf(raw: Buffer): number {
  return Date.parse(headerOf(raw, 'date') || USUAL_ARRIVAL)
}

/** A header's raw value, unfolded; '' where there is none. */
export function headerOf(raw: Buffer, name: string): string {
  const head = (raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1] ?? ''
}

function fileOf(boxes: string, raw: Buffer, index: number): string {
  const to = /(\w+)@northwind\.example/i.exec(headerOf(raw, 'delivered-to') || headerOf(raw, 'to'))?.[1]
  const box = BOXES.find((name) => name === to) ?? 'office'
  return join(boxes, box, `${String(index).padStart(5, '0')}.eml`)
}

function isAsLaidDown(boxes: string, {raw}: RawMail, index: number): boolean {
  try {
    return hashOf(readFileSync(fileOf(boxes, raw, index))) === hashOf(raw)
  } catch {
    // Moved, renamed or gone: it isn't as it was.
    return false
  }
}

function strangersIn(boxes: string, expected: number): number {
  const files = readdirSync(boxes, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
  return Math.abs(files.length - expected)
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
