import {answer, withdraw} from './alert-answers.js'
import type {Alert, AlertEvent} from './alert-file.js'
import {QUESTION_RULES} from './alert-questions.js'
import {foldEvents, type RefusedEvent} from './event-fold.js'
import type {AlertLevel} from './soul.js'

/** The sum of an alert's events. */
export interface AlertState {
  /** hypothesis: it reaches only who can confirm it. */
  readonly status: 'hypothesis' | 'confirmed' | 'dismissed' | 'resolved'
  /** What it is said to be. */
  readonly level: AlertLevel
  /** Since when that is said, in ms; a question that nobody answers goes on from here. */
  readonly claimedAt: number
  /** What of that is confirmed; null: nothing. P3 needs nobody. */
  readonly confirmed: AlertLevel | null
  /** Who said so, and through whose hand; none of them can confirm it. The first is who raised it. */
  readonly raisers: readonly string[]
  /** Who has confirmed the present level. */
  readonly confirmers: readonly string[]
  /** Who has confirmed what is confirmed now. */
  readonly confirmedBy: readonly string[]
  /** Text of the outside that the raisers and the confirmers of the present level had heard. */
  readonly origins: readonly string[]
  /** Whom the question was put to beyond those whose contract it names; to have been asked is to may answer. */
  readonly asked: readonly string[]
  /** Levels that people were paged about as confirmed. */
  readonly paged: readonly AlertLevel[]
  /** How often the same was raised again, by itself or as an echo. */
  readonly repeats: number
  readonly applied: readonly AlertEvent[]
  /** Events that their state or their author's standing didn't allow: shown, never applied. */
  readonly refused: readonly RefusedEvent<AlertEvent>[]
}

/** Who may say what, from contracts and mcos.yaml. */
export interface AlertGates {
  /** Equal for equal gates: what was worked out by others may come out otherwise. */
  readonly key: string
  /** Whether this agent's contract lets it confirm this level. */
  confirms(name: string, level: AlertLevel): boolean
  /** The agents that do. */
  confirmers(level: AlertLevel): readonly string[]
  /** People may confirm and dismiss at any level. */
  isPerson(name: string): boolean
  /** Why a person's yes to P0 is not proved to be theirs; null: it is. */
  whyNotProved(event: AlertEvent, alert: AlertClaim): string | null
}

export type Standing = Omit<AlertState, 'applied' | 'refused'>

/** What an event changes, or why it may not. */
export type Step = Partial<Standing> | string

/** The part of an alert that its state begins with. */
export type AlertClaim = Pick<Alert, 'id' | 'title' | 'at' | 'by' | 'hand' | 'level' | 'origin'>

/** The state that events come to, whatever order they were found in. */
export function foldAlert(alert: AlertClaim, events: readonly AlertEvent[], gates: AlertGates): AlertState {
  const isNote = alert.level === 'P3'
  const start: Standing = {
    status: isNote ? 'confirmed' : 'hypothesis',
    level: alert.level,
    claimedAt: Date.parse(alert.at),
    confirmed: isNote ? 'P3' : null,
    raisers: named(alert),
    confirmers: [],
    confirmedBy: [],
    origins: alert.origin,
    asked: [],
    paged: [],
    repeats: 0,
  }
  const {state, applied, refused} = foldEvents(start, events, (before, event) =>
    applyEvent(before, event, {alert, gates}),
  )
  return {...state, applied, refused}
}

/** Nothing can be added to what is over, so that no late event brings it back. */
export function isOver({status}: Pick<AlertState, 'status'>): boolean {
  return status === 'dismissed' || status === 'resolved'
}

function applyEvent(
  state: Standing,
  event: AlertEvent,
  {alert, gates}: {readonly alert: AlertClaim; readonly gates: AlertGates},
): Step {
  if (event.kind === 'note') return event.repeat ? {repeats: state.repeats + 1} : {}
  if (isOver(state)) return `it is ${state.status} already`
  switch (event.kind) {
    case 'confirm':
      return answer(state, event, {alert, gates})
    case 'raise':
      return raise(state, event)
    case 'ask':
      return ask(state, event, gates)
    case 'page':
      return page(state, event)
    default:
      return withdraw(state, event, gates)
  }
}

/** A higher level is a new hypothesis; what was confirmed below it stays confirmed. */
function raise(state: Standing, event: AlertEvent): Step {
  const {level, at, origin} = event
  if (level === null) return 'to raise needs a level'
  if (level >= state.level) return `${level} is not above ${state.level}`
  return {
    status: 'hypothesis',
    level,
    claimedAt: Date.parse(at),
    raisers: [...new Set([...state.raisers, ...named(event)])],
    confirmers: [],
    origins: [...state.origins, ...origin],
    asked: [],
  }
}

/** A question goes on when its time is over, when nobody else can answer it, or when a P0 waits for a person alone. */
function ask(state: Standing, {level, at, to}: AlertEvent, gates: AlertGates): Step {
  if (state.status !== 'hypothesis' || level !== state.level || level === 'P3') return 'there is no such question'
  const isLate = Date.parse(at) - state.claimedAt >= QUESTION_RULES[level].afterMs
  const isAlone = gates.confirmers(level).every((name) => state.raisers.includes(name))
  const waitsForPerson = level === 'P0' && state.confirmers.length > 0
  if (!isLate && !isAlone && !waitsForPerson) return 'whoever can answer it still has time'
  return {asked: [...new Set([...state.asked, ...to])]}
}

function page(state: Standing, {level}: AlertEvent): Step {
  if (level === null || level !== state.confirmed) return 'people are paged about what is confirmed'
  return {paged: [...new Set([...state.paged, level])]}
}

function named({by, hand}: Pick<AlertEvent, 'by' | 'hand'>): string[] {
  return hand === null || hand === by ? [by] : [by, hand]
}
