import type {MailLedger} from '../ledger/read.js'
import type {EscalationRecord} from '../ledger/record.js'
import type {EscalationAccount} from './escalation.js'
import type {ThreadChange} from './thread-change.js'

const HOUR_MS = 3_600_000
const UNITS: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS}
const DEFAULT_RATE = '20/h'
/** However many accounts somebody hears of. */
const MOST_TO_ONE = 30

/** What may go by itself, and what goes together because there is too much of it. */
export interface Shares {
  readonly single: readonly ThreadChange[]
  /** By who is told: one message for all of them. */
  readonly gathered: ReadonlyMap<string, readonly ThreadChange[]>
}

/** Shares changes out by the rates of their accounts, the most urgent first; nothing is dropped. */
export function shareOut(
  changes: readonly ThreadChange[],
  {
    ledger,
    accounts,
    now,
  }: {
    readonly ledger: Pick<MailLedger, 'mails' | 'threads'>
    readonly accounts: Readonly<Record<string, EscalationAccount>>
    readonly now: number
  },
): Shares {
  const told = [...ledger.threads.values()].flatMap((thread) => thread.told)
  const left = new Map<string, number>()
  const take = (key: string, allowance: () => number): boolean => {
    const rest = left.get(key) ?? allowance()
    left.set(key, rest - 1)
    return rest > 0
  }
  const single: ThreadChange[] = []
  const gathered = new Map<string, ThreadChange[]>()
  for (const change of [...changes].sort(mostUrgentFirst)) {
    const {to} = change.target
    const {account} = change.mail.seen
    const isInRate = take(`account ${account}`, () => {
      const {most, ms} = parseRate(accounts[account]?.rate ?? DEFAULT_RATE)
      return most - messagesSince(told, now - ms, (record) => accountOf(record, ledger) === account)
    })
    const hasRoom = take(`to ${to}`, () => MOST_TO_ONE - messagesSince(told, now - HOUR_MS, (one) => one.to === to))
    if (isInRate && hasRoom) single.push(change)
    else gathered.set(to, [...(gathered.get(to) ?? []), change])
  }
  return {single, gathered}
}

/** `10/h` as a number and its time. */
export function parseRate(rate: string): {readonly most: number; readonly ms: number} {
  const [most = '', unit = ''] = rate.split('/')
  return {most: Number(most), ms: UNITS[unit] ?? HOUR_MS}
}

function messagesSince(
  told: readonly EscalationRecord[],
  since: number,
  counts: (record: EscalationRecord) => boolean,
): number {
  const late = told.filter((record) => Date.parse(record.at) > since && counts(record))
  return new Set(late.map((record) => record.as)).size
}

function accountOf({ids}: EscalationRecord, {mails}: Pick<MailLedger, 'mails'>): string | null {
  return ids.flatMap((id) => mails.get(id)?.seen.account ?? [])[0] ?? null
}

function mostUrgentFirst(a: ThreadChange, b: ThreadChange): number {
  return (
    b.urgency - a.urgency ||
    Date.parse(a.mail.seen.received) - Date.parse(b.mail.seen.received) ||
    (a.mail.seen.id < b.mail.seen.id ? -1 : 1)
  )
}
