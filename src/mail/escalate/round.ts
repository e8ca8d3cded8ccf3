import type {MailEntry} from '../ledger/sum.js'
import {Matters} from './matters.js'
import {isTold, type Target, targetsOf} from './targets.js'
import type {ChangeInput, ThreadChange} from './thread-change.js'
import {type Change, changeBy, houseOf, stirredBefore, type ToldState, toldState} from './thread-state.js'
import {Topics} from './topics.js'

type Seen = MailEntry['seen']

/** One pass over the mails in their order, with what was told as it would be after each. */
export class Round {
  private readonly input: ChangeInput
  /** The quotes of this run's mails, by their ids. */
  private readonly quotes: ReadonlyMap<string, string | null>
  private readonly ownHouses: ReadonlySet<string>
  /** As it is once this run's changes are told; in the order of the mails, so that no time has to be compared. */
  private readonly states = new Map<string, ToldState>()
  private readonly found = new Map<string, ThreadChange>()
  private readonly topics = new Topics()
  private readonly matters: Matters

  constructor(input: ChangeInput, quotes: ReadonlyMap<string, string | null>) {
    this.input = input
    this.quotes = quotes
    this.ownHouses = new Set(input.own.map(houseOf))
    this.matters = new Matters(input.ledger)
  }

  get changes(): ThreadChange[] {
    return [...this.found.values()]
  }

  /** A mail that somebody is to be told of. */
  hear(mail: MailEntry): void {
    const {seen} = mail
    this.matters.hear(seen)
    const targets = targetsOf(mail, this.input)
    const same = this.topics.repeated(mail, (thread) => targets.some(({to}) => this.isOver(thread, to, seen)))
    if (same === null) for (const target of targets) this.hearFor(target, mail)
    else for (const target of targets) this.join(mail, same, target)
  }

  /** A mail that was urgent until a person put it right. */
  hearCorrected(mail: MailEntry): void {
    this.topics.correct(mail)
  }

  /** A mail that says that something is over. */
  hearOver(mail: MailEntry): void {
    const {seen} = mail
    for (const thread of this.matters.threadsOf(seen)) {
      for (const target of this.toldTargets(thread)) {
        const told = this.recorded(thread, target.to)
        const state = this.states.get(keyOf(thread, target.to)) ?? (told && this.isBefore(told, seen) ? told : null)
        const isTheirs = state?.state === 'urgent' && state.senders.includes(seen.from)
        if (isTheirs) this.tell(mail, thread, {target, change: 'over'})
      }
    }
  }

  private hearFor(target: Target, mail: MailEntry): void {
    const {seen} = mail
    const told = this.recorded(seen.thread, target.to)
    if (told && !this.isBefore(told, seen)) return
    const lastStir = stirredBefore(this.input.ledger.threads.get(seen.thread), seen)
    const state = this.states.get(keyOf(seen.thread, target.to)) ?? told
    const change = changeBy(seen, state, {lastStir, ownHouses: this.ownHouses})
    if (change === null) this.join(mail, seen.thread, target)
    else this.tell(mail, seen.thread, {target, change})
  }

  private tell(mail: MailEntry, thread: string, {target, change}: {target: Target; change: Change}): void {
    const {seen} = mail
    const key = keyOf(thread, target.to)
    const old = this.found.get(key)
    const before = this.states.get(key) ?? this.recorded(thread, target.to)
    const senders = [...new Set([...(before?.senders ?? []), seen.from])]
    const state = change === 'over' ? 'over' : 'urgent'
    const isWorse = state === 'urgent' && old !== undefined && old.urgency > seen.urgency
    this.states.set(key, {state, urgency: seen.urgency, at: Date.parse(seen.at), senders})
    this.found.set(key, {
      target,
      thread,
      ids: [...(old?.ids ?? []), seen.id],
      urgency: isWorse ? old.urgency : seen.urgency,
      state,
      change: old && state === 'urgent' ? old.change : change,
      mail,
      quote: this.quotes.get(seen.id) ?? null,
      before: this.input.ledger.threads.get(thread)?.told.filter(({to}) => to === target.to).length ?? 0,
    })
  }

  /** What is told in this run of that thread is of this mail, too. */
  private join({seen}: MailEntry, thread: string, target: Target): void {
    const key = keyOf(thread, target.to)
    const change = this.found.get(key)
    if (change && !change.ids.includes(seen.id)) this.found.set(key, {...change, ids: [...change.ids, seen.id]})
  }

  private isOver(thread: string, to: string, seen: Seen): boolean {
    const state = this.states.get(keyOf(thread, to))
    if (state) return state.state === 'over'
    const told = this.recorded(thread, to)
    return told?.state === 'over' && this.isBefore(told, seen)
  }

  private recorded(thread: string, to: string): ToldState | null {
    const {threads, mails} = this.input.ledger
    return toldState(threads.get(thread), to, mails)
  }

  /** Whether what the ledger says was told before this mail came, and not of it. */
  private isBefore({at}: ToldState, {id, at: seen}: Seen): boolean {
    return this.quotes.has(id) || at < Date.parse(seen)
  }

  /** Who was told of a thread and is still somebody whom its accounts or rules name: another plan tells the others. */
  private toldTargets(thread: string): Target[] {
    const {ledger} = this.input
    const entry = ledger.threads.get(thread)
    const now = this.changes.filter((change) => change.thread === thread)
    const mails = [
      ...(entry?.mails.flatMap(({seen}) => ledger.mails.get(seen.id) ?? []) ?? []),
      ...now.map(({mail}) => mail),
    ]
    const named = new Map(
      mails.filter(isTold).flatMap((mail) => targetsOf(mail, this.input).map((target) => [target.to, target])),
    )
    const told = new Set([...(entry?.told.map(({to}) => to) ?? []), ...now.map(({target}) => target.to)])
    return [...told].flatMap((to) => named.get(to) ?? [])
  }
}

function keyOf(thread: string, to: string): string {
  return `${thread} ${to}`
}
