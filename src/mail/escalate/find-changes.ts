import type {MailLedger} from '../ledger/read.js'
import type {MailEntry} from '../ledger/sum.js'
import type {EscalationItem, FreshMail} from './escalation.js'
import {isTold, type Target, type TargetOptions, targetsOf} from './targets.js'
import {type Change, changeBy, houseOf, stirredBefore, type ToldState, toldState} from './thread-state.js'
import {isRobot, matterOf, saysOver, topicOf} from './topic.js'

const HOUR_MS = 3_600_000
/** What could not be told at once, as in quiet hours, is looked for so far back. */
const HELD_MS = 72 * HOUR_MS
/** A robot that says the same again within this time says one thing… */
const REPEAT_MS = 6 * HOUR_MS
/** …but is heard again a day after it was told. */
const LONGEST_REPEAT_MS = 24 * HOUR_MS
/** An all-clear counts for alerts of so many days before. */
const MATTER_MS = 7 * 24 * HOUR_MS

/** A thread whose state has changed for somebody. */
export interface ThreadChange extends EscalationItem {
  readonly target: Target
  readonly change: Change
  /** The mail that it is told by. */
  readonly mail: MailEntry
  readonly quote: string | null
  /** How often they were told of this thread before. */
  readonly before: number
}

export interface ChangeInput extends TargetOptions {
  /** With or without the fresh mails. */
  readonly ledger: Pick<MailLedger, 'mails' | 'threads'>
  readonly fresh: readonly FreshMail[]
  /** Addresses of the accounts' own houses can't be strangers in a thread. */
  readonly own: readonly string[]
  readonly now: number
}

/** What somebody has not been told yet: of this run's mails, and of those that were held back before. */
export function findChanges(input: ChangeInput): ThreadChange[] {
  const {ledger, fresh, now} = input
  const quotes = new Map(fresh.map(({seen, quote}) => [seen.id, quote]))
  const recent = [...ledger.mails.values()].filter(
    ({seen}) => !quotes.has(seen.id) && now - Date.parse(seen.at) <= HELD_MS,
  )
  const mails = [...fresh.map(({seen}) => ledger.mails.get(seen.id) ?? entryOf(seen)), ...recent].sort(inOrder)
  const round = openRound(input, quotes)
  for (const mail of mails) {
    if (isTold(mail)) round.hear(mail)
    else if (saysOver(mail.seen)) round.hearOver(mail)
    else if (mail.seen.class === 'urgent') round.hearCorrected(mail)
  }
  return round.changes()
}

interface Topic {
  readonly thread: string
  /** When it was last said, ms. */
  last: number
  /** When it was first said since somebody was told, ms. */
  readonly begun: number
  /** A person has said of it that it is not urgent: what came until then, ms, was the same. */
  readonly until: number
}

/** One pass over the mails in their order, with what was told as it would be after each. */
function openRound(input: ChangeInput, quotes: ReadonlyMap<string, string | null>) {
  const {ledger} = input
  const ownHouses = new Set(input.own.map(houseOf))
  /** As it is once this run's changes are told; in the order of the mails, so that no time has to be compared. */
  const states = new Map<string, ToldState>()
  const found = new Map<string, ThreadChange>()
  const topics = new Map<string, Topic>()
  const matters = new Map<string, string[]>()
  const toldThreads = [...ledger.threads.values()].filter(({told}) => told.length > 0)
  const keyOf = (thread: string, to: string): string => `${thread} ${to}`
  const recorded = (thread: string, to: string) => toldState(ledger.threads.get(thread), to, ledger.mails)
  /** Whether what the ledger says was told before this mail came, and not of it. */
  const isBefore = ({at}: ToldState, {id, at: seen}: MailEntry['seen']) => quotes.has(id) || at < Date.parse(seen)

  function tell(mail: MailEntry, thread: string, {target, change}: {target: Target; change: Change}): void {
    const {seen} = mail
    const key = keyOf(thread, target.to)
    const old = found.get(key)
    const before = states.get(key) ?? recorded(thread, target.to)
    const senders = [...new Set([...(before?.senders ?? []), seen.from])]
    const state = change === 'over' ? 'over' : 'urgent'
    const isWorse = state === 'urgent' && old !== undefined && old.urgency > seen.urgency
    states.set(key, {state, urgency: seen.urgency, at: Date.parse(seen.at), senders})
    found.set(key, {
      target,
      thread,
      ids: [...(old?.ids ?? []), seen.id],
      urgency: isWorse ? old.urgency : seen.urgency,
      state,
      change: old && state === 'urgent' ? old.change : change,
      mail,
      quote: quotes.get(seen.id) ?? null,
      before: ledger.threads.get(thread)?.told.filter(({to}) => to === target.to).length ?? 0,
    })
  }

  /** What is told in this run of that thread is of this mail, too. */
  function join({seen}: MailEntry, thread: string, target: Target): void {
    const key = keyOf(thread, target.to)
    const change = found.get(key)
    if (change && !change.ids.includes(seen.id)) found.set(key, {...change, ids: [...change.ids, seen.id]})
  }

  /** The thread in which a robot has said the same not long ago, unless it has said since that this is over. */
  function repeated({seen}: MailEntry, targets: readonly Target[]): string | null {
    if (!isRobot(seen)) return null
    const at = Date.parse(seen.received)
    const topic = topics.get(topicOf(seen))
    const isSame =
      topic &&
      at - topic.last <= REPEAT_MS &&
      at - topic.begun <= LONGEST_REPEAT_MS &&
      Date.parse(seen.at) <= topic.until
    if (isSame && !targets.some(({to}) => isOver(topic.thread, to, seen))) {
      topic.last = at
      return topic.thread === seen.thread ? null : topic.thread
    }
    topics.set(topicOf(seen), {thread: seen.thread, last: at, begun: at, until: Number.POSITIVE_INFINITY})
    return null
  }

  function isOver(thread: string, to: string, seen: MailEntry['seen']): boolean {
    const state = states.get(keyOf(thread, to))
    if (state) return state.state === 'over'
    const told = recorded(thread, to)
    return told?.state === 'over' && isBefore(told, seen)
  }

  function hear(mail: MailEntry): void {
    const {seen} = mail
    const matter = matterOf(seen)
    if (matter !== null) matters.set(matter, [...(matters.get(matter) ?? []), seen.thread])
    const targets = targetsOf(mail, input)
    const same = repeated(mail, targets)
    if (same !== null) {
      for (const target of targets) join(mail, same, target)
      return
    }
    const lastStir = stirredBefore(ledger.threads.get(seen.thread), seen)
    for (const target of targets) {
      const told = recorded(seen.thread, target.to)
      if (told && !isBefore(told, seen)) continue
      const change = changeBy(seen, states.get(keyOf(seen.thread, target.to)) ?? told, {lastStir, ownHouses})
      if (change === null) join(mail, seen.thread, target)
      else tell(mail, seen.thread, {target, change})
    }
  }

  /** What a robot repeated until a person put this one right is not news now that this one tells it no more. */
  function hearCorrected({seen, correctedAt}: MailEntry): void {
    if (correctedAt === null || !isRobot(seen) || topics.has(topicOf(seen))) return
    const at = Date.parse(seen.received)
    topics.set(topicOf(seen), {thread: seen.thread, last: at, begun: at, until: Date.parse(correctedAt)})
  }

  function hearOver(mail: MailEntry): void {
    const {seen} = mail
    for (const thread of new Set([seen.thread, ...(isRobot(seen) ? sameMatter(seen) : [])])) {
      for (const target of toldTargets(thread)) {
        const told = recorded(thread, target.to)
        const state = states.get(keyOf(thread, target.to)) ?? (told && isBefore(told, seen) ? told : null)
        const isTheirs = state?.state === 'urgent' && state.senders.includes(seen.from)
        if (isTheirs) tell(mail, thread, {target, change: 'over'})
      }
    }
  }

  /** Threads of the same robot that an all-clear is about. */
  function sameMatter(seen: MailEntry['seen']): string[] {
    const matter = matterOf(seen)
    if (matter === null) return []
    const since = Date.parse(seen.at) - MATTER_MS
    const told = toldThreads.filter((thread) => Date.parse(thread.told.at(-1)?.at ?? '') >= since)
    const same = told.filter(({mails}) =>
      mails.some((one) => one.seen.from === seen.from && matterOf(one.seen) === matter),
    )
    return [...(matters.get(matter) ?? []), ...same.map(({thread}) => thread)]
  }

  /** Who was told of a thread and is still somebody whom its accounts or rules name: another plan tells the others. */
  function toldTargets(thread: string): Target[] {
    const entry = ledger.threads.get(thread)
    const now = [...found.values()].filter((change) => change.thread === thread)
    const mails = [
      ...(entry?.mails.flatMap(({seen}) => ledger.mails.get(seen.id) ?? []) ?? []),
      ...now.map(({mail}) => mail),
    ]
    const named = new Map(
      mails.filter(isTold).flatMap((mail) => targetsOf(mail, input).map((target) => [target.to, target])),
    )
    const told = new Set([...(entry?.told.map(({to}) => to) ?? []), ...now.map(({target}) => target.to)])
    return [...told].flatMap((to) => named.get(to) ?? [])
  }

  return {hear, hearOver, hearCorrected, changes: () => [...found.values()]}
}

function entryOf(seen: MailEntry['seen']): MailEntry {
  return {
    seen,
    ref: seen.ref,
    class: seen.class,
    urgency: seen.urgency,
    correctedBy: null,
    correctedAt: null,
    actions: [],
  }
}

/** As they came; what came in the same moment, the alert before its all-clear. */
function inOrder(a: MailEntry, b: MailEntry): number {
  return (
    Date.parse(a.seen.at) - Date.parse(b.seen.at) ||
    Date.parse(a.seen.received) - Date.parse(b.seen.received) ||
    b.seen.urgency - a.seen.urgency ||
    (a.seen.id < b.seen.id ? -1 : 1)
  )
}
