import type {Folder} from '../../kit/folder.js'
import {wallTime} from '../../kit/zone.js'
import type {AgentEntry} from '../../workspace/agents.js'
import {inOrder, type LedgerTrouble, parseRecords} from './parse.js'
import {listMailDays, mailPaths} from './paths.js'
import type {MailRecord} from './record.js'
import {type LedgerSum, sumRecords} from './sum.js'

/** What is known of an agent's mail; a day's file is read when something is asked that stands in it. */
export interface MailLedger extends LedgerSum {
  /** The days that have records, oldest first. */
  readonly days: readonly string[]
  /** One day's records, in order; reads that day's file alone. */
  records(date: string): readonly MailRecord[]
  /** Lines that can't be read, of all days. */
  readonly troubles: readonly LedgerTrouble[]
}

export interface LedgerWindow {
  /** How many days back, today included. */
  readonly days: number
  readonly now: number
  readonly zone: string
}

const DAY_MS = 86_400_000
/** So many days say what is known of mail; nothing older than a month is ever new. */
export const KNOWN_DAYS = 45
// A thousand mails a day are one; a flood must not shut the ledger to its reader.
const MAX_BYTES = 256 * 1024 * 1024

/** Opens an agent's ledger. A file that can't be read at all is an error: without it, mail would be judged a second time. */
export function readLedger(files: Folder, agent: AgentEntry, {days, now, zone}: LedgerWindow): MailLedger {
  const from = localDate(now - (days - 1) * DAY_MS, zone)
  const paths = mailPaths(agent)
  const dates = listMailDays(files, agent).filter((date) => date >= from)
  return openLedger(dates, (date) => {
    const path = paths.ledger(date)
    return parseRecords(files.readText(path, {maxBytes: MAX_BYTES}) ?? '', path)
  })
}

/** A ledger of records that are at hand, each with the day it belongs to. */
export function ledgerOf(records: readonly MailRecord[], zone: string): MailLedger {
  const byDay = new Map<string, MailRecord[]>()
  for (const record of inOrder(records)) {
    const date = localDate(Date.parse(record.at), zone)
    const day = byDay.get(date)
    if (day) day.push(record)
    else byDay.set(date, [record])
  }
  return openLedger([...byDay.keys()].sort(), (date) => ({records: byDay.get(date) ?? [], troubles: []}))
}

/** The same ledger with what this turn is about to add to one day. */
export function withRecords(ledger: MailLedger, date: string, added: readonly MailRecord[]): MailLedger {
  // Most looks find nothing, and then what is summed up already need not be summed up again.
  if (added.length === 0) return ledger
  const dates = [...new Set([...ledger.days, date])].sort()
  return openLedger(
    dates,
    (one) => {
      const records = ledger.records(one)
      return {records: one === date ? inOrder([...records, ...added]) : records, troubles: []}
    },
    () => ledger.troubles,
  )
}

/** The date on the wall clock of a zone, as 2026-11-21. */
export function localDate(ms: number, zone: string): string {
  const {year, month, day} = wallTime(ms, zone)
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

type Day = ReturnType<typeof parseRecords>

function openLedger(
  dates: readonly string[],
  readDay: (date: string) => Day,
  before: () => readonly LedgerTrouble[] = () => [],
): MailLedger {
  const read = new Map<string, Day>()
  const dayOf = (date: string): Day => {
    const day = read.get(date) ?? (dates.includes(date) ? readDay(date) : {records: [], troubles: []})
    read.set(date, day)
    return day
  }
  let known: LedgerSum | null = null
  const sum = (): LedgerSum => {
    known ??= sumRecords(inOrder(dates.flatMap((date) => dayOf(date).records)))
    return known
  }
  return {
    days: dates,
    records: (date) => dayOf(date).records,
    get troubles() {
      return [...before(), ...dates.flatMap((date) => dayOf(date).troubles)]
    },
    get mails() {
      return sum().mails
    },
    get threads() {
      return sum().threads
    },
    get accounts() {
      return sum().accounts
    },
    get digests() {
      return sum().digests
    },
    get senders() {
      return sum().senders
    },
  }
}
