import type {Alert, AlertEvent} from './alert-file.js'
import {foldEvents, type RefusedEvent} from './event-fold.js'
import type {AlertLevel} from './soul.js'

/** The sum of an alert's events. */
export interface AlertState {
  /** hypothesis: it reaches only who can confirm it. */
  readonly status: 'hypothesis' | 'confirmed' | 'dismissed' | 'resolved'
  /** What it is said to be. */
  readonly level: AlertLevel
  /** What of that is confirmed; null: nothing. P3 needs nobody. */
  readonly confirmed: AlertLevel | null
  /** Who said so, at its present level; none of them can confirm it. */
  readonly raisers: readonly string[]
  /** Who has confirmed the present level. */
  readonly confirmers: readonly string[]
  readonly applied: readonly AlertEvent[]
  /** Events that their state or their author's standing didn't allow: shown, never applied. */
  readonly refused: readonly RefusedEvent<AlertEvent>[]
}

/** Who may say what, from contracts and mcos.yaml. */
export interface AlertGates {
  /** Whether this agent's contract lets it confirm this level. */
  confirms(name: string, level: AlertLevel): boolean
  /** People may confirm and dismiss at any level. */
  isPerson(name: string): boolean
}

/** The state that events come to, whatever order they were found in. */
export function foldAlert(
  alert: Pick<Alert, 'by' | 'level'>,
  events: readonly AlertEvent[],
  gates: AlertGates,
): AlertState {
  const isNote = alert.level === 'P3'
  const start: Standing = {
    status: isNote ? 'confirmed' : 'hypothesis',
    level: alert.level,
    confirmed: isNote ? 'P3' : null,
    raisers: [alert.by],
    confirmers: [],
  }
  const {state, applied, refused} = foldEvents(start, events, (before, event) => applyEvent(before, event, gates))
  return {...state, applied, refused}
}

type Standing = Omit<AlertState, 'applied' | 'refused'>
type Step = Partial<Standing>

function applyEvent(state: Standing, event: AlertEvent, gates: AlertGates): Step | string {
  if (state.status === 'dismissed' || state.status === 'resolved') return `it is ${state.status} already`
  const {by} = event
  const mayJudge = gates.isPerson(by) || gates.confirms(by, state.level)
  switch (event.kind) {
    case 'confirm':
      return confirm(state, by, gates)
    case 'dismiss':
      if (event.why === null) return 'to dismiss needs a why'
      return mayJudge || by === state.raisers[0] ? {status: 'dismissed'} : `${by} may not dismiss ${state.level}`
    case 'raise':
      return raise(state, event)
    case 'lower':
      return mayJudge || state.raisers.includes(by) ? lower(state, event) : `${by} may not lower ${state.level}`
    case 'resolve':
      if (state.status !== 'confirmed') return 'only what is confirmed is resolved'
      return mayJudge || state.raisers.includes(by) ? {status: 'resolved'} : `${by} may not resolve it`
  }
}

/** P0 takes two: an agent that may, and a person. */
function confirm(state: Standing, by: string, gates: AlertGates): Step | string {
  if (state.status === 'confirmed') return `${state.level} is confirmed already`
  if (state.raisers.includes(by)) return 'nobody confirms what they raised'
  if (!gates.isPerson(by) && !gates.confirms(by, state.level)) return `${by} may not confirm ${state.level}`
  if (state.confirmers.includes(by)) return `${by} has confirmed it already`
  const confirmers = [...state.confirmers, by]
  const isEnough =
    state.level !== 'P0' ||
    (confirmers.some((name) => gates.isPerson(name)) && confirmers.some((name) => !gates.isPerson(name)))
  return isEnough ? {status: 'confirmed', confirmed: state.level, confirmers} : {confirmers}
}

/** A higher level is a new hypothesis; what was confirmed below it stays confirmed. */
function raise(state: Standing, {by, level}: AlertEvent): Step | string {
  if (level === null) return 'to raise needs a level'
  if (level >= state.level) return `${level} is not above ${state.level}`
  return {status: 'hypothesis', level, raisers: [...new Set([...state.raisers, by])], confirmers: []}
}

function lower(state: Standing, {level}: AlertEvent): Step | string {
  if (level === null) return 'to lower needs a level'
  if (level <= state.level) return `${level} is not below ${state.level}`
  // What was confirmed at a higher level holds at a lower one, too.
  const holds = level === 'P3' || (state.confirmed !== null && state.confirmed <= level)
  return {status: holds ? 'confirmed' : 'hypothesis', level, confirmed: holds ? level : null, confirmers: []}
}
