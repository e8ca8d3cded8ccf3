import type {AccountRecord, EscalationRecord, MailRecord} from '../ledger/record.js'
import {type AccountEntry, type MailEntry, sumRecords, type ThreadEntry} from '../ledger/sum.js'

const DAY_MS = 86_400_000
/** So long an urgent thread that nobody has called over stands on each day's page. */
const URGENT_DAYS = 3
/** So long a draft does. */
const DRAFT_DAYS = 7

/** What a page of one day is made of. */
export interface DayFacts {
  /** Mails that were judged on this day. */
  readonly mails: readonly MailEntry[]
  /** Threads with an urgent mail of this day, the most urgent and latest first, those that are over last. */
  readonly urgent: readonly ThreadMail[]
  /** Threads of this day that wait for a reply and aren't urgent. */
  readonly toAnswer: readonly ThreadMail[]
  /** The rest, by account, in the order of the accounts. */
  readonly rest: readonly {readonly account: string; readonly mails: readonly MailEntry[]}[]
  /** Urgent threads and drafts of earlier days that nobody has dealt with, as far as the ledger knows. */
  readonly open: readonly ThreadMail[]
  /** Mails of earlier days that were corrected or changed on this day. */
  readonly touched: readonly MailEntry[]
  readonly failing: readonly AccountEntry[]
  /** First contacts and resets of this day. */
  readonly words: readonly AccountRecord[]
}

/** A thread by the one of its mails that is to be shown. */
export interface ThreadMail {
  readonly mail: MailEntry
  /** How many mails of the thread are meant besides. */
  readonly more: number
  /** Who was told, the last word to each. */
  readonly told: readonly EscalationRecord[]
  readonly isOver: boolean
}

/** Sorts one day's records out; `before` are those of earlier days, and both are in order. */
export function dayFacts(
  records: readonly MailRecord[],
  before: readonly MailRecord[],
  accounts: readonly string[],
): DayFacts {
  const {mails, threads, accounts: known} = sumRecords([...before, ...records])
  const ofDay = new Set(records)
  const today = [...mails.values()].filter(({seen}) => ofDay.has(seen))
  const earlier = [...mails.values()].filter(({seen}) => !ofDay.has(seen))
  const showing = (some: readonly MailEntry[]): ThreadMail[] => byThread(some, threads)

  const urgent = showing(today.filter((mail) => mail.class === 'urgent'))
  const toAnswer = showing(today.filter((mail) => mail.class === 'needs-reply'))
  const shown = new Set([...urgent, ...toAnswer].map(({mail}) => mail.seen.thread))
  const end = records.reduce((latest, {at}) => Math.max(latest, Date.parse(at)), 0)
  const open = earlier.filter((mail) => !shown.has(mail.seen.thread) && isOpen(mail, end))
  const touched = new Set(
    records.flatMap((record) => (record.kind === 'action' || record.kind === 'corrected' ? [record.id] : [])),
  )
  return {
    mails: today,
    urgent,
    toAnswer,
    rest: byAccount(
      today.filter((mail) => mail.class !== 'urgent' && mail.class !== 'needs-reply'),
      accounts,
    ),
    open: showing(open).filter(({isOver}) => !isOver),
    touched: earlier.filter(({seen}) => touched.has(seen.id)),
    failing: [...known.values()].filter(({account, failing}) => failing !== null && accounts.includes(account)),
    words: records.flatMap((record) =>
      record.kind === 'account' && (record.state === 'first' || record.state === 'reset') ? [record] : [],
    ),
  }
}

/** Whether a draft of ours lies ready for it. */
export function hasDraft({actions}: MailEntry): boolean {
  return actions.some(({wish, state}) => wish.kind === 'draft' && state === 'done')
}

function isOpen(mail: MailEntry, end: number): boolean {
  const age = end - Date.parse(mail.seen.at)
  return (mail.class === 'urgent' && age <= URGENT_DAYS * DAY_MS) || (hasDraft(mail) && age <= DRAFT_DAYS * DAY_MS)
}

function byThread(mails: readonly MailEntry[], threads: ReadonlyMap<string, ThreadEntry>): ThreadMail[] {
  const groups = new Map<string, MailEntry[]>()
  for (const mail of mails) {
    const group = groups.get(mail.seen.thread)
    if (group) group.push(mail)
    else groups.set(mail.seen.thread, [mail])
  }
  const shown = [...groups].flatMap(([thread, group]): ThreadMail[] => {
    const [mail] = [...group].sort(mostUrgentFirst)
    const told = lastWords(threads.get(thread)?.told ?? [])
    const isOver = told.length > 0 && told.every(({state}) => state === 'over')
    return mail ? [{mail, more: group.length - 1, told, isOver}] : []
  })
  return shown.sort((a, b) => Number(a.isOver) - Number(b.isOver) || mostUrgentFirst(a.mail, b.mail))
}

function lastWords(told: readonly EscalationRecord[]): EscalationRecord[] {
  return [...new Map(told.map((record) => [record.to, record])).values()]
}

function byAccount(mails: readonly MailEntry[], accounts: readonly string[]): DayFacts['rest'] {
  const groups = new Map<string, MailEntry[]>(accounts.map((account) => [account, []]))
  for (const mail of mails) {
    const group = groups.get(mail.seen.account)
    if (group) group.push(mail)
    else groups.set(mail.seen.account, [mail])
  }
  return [...groups].flatMap(([account, group]) => (group.length > 0 ? [{account, mails: group}] : []))
}

/** Among equals the latest first; ids make the order the same everywhere. */
function mostUrgentFirst(a: MailEntry, b: MailEntry): number {
  return (
    b.urgency - a.urgency ||
    Date.parse(b.seen.received) - Date.parse(a.seen.received) ||
    (a.seen.id < b.seen.id ? -1 : 1)
  )
}
