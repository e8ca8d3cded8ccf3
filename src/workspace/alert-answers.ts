import type {AlertEvent} from './alert-file.js'
import {sharedOrigin} from './alert-origin.js'
import type {AlertClaim, AlertGates, Standing, Step} from './alert-standing.js'
import type {AlertLevel} from './soul.js'

/** A yes. P0 takes two: an agent that may, and a person. */
export function answer(
  state: Standing,
  event: AlertEvent,
  {alert, gates}: {readonly alert: AlertClaim; readonly gates: AlertGates},
): Step {
  const {by, level, origin} = event
  // Who said yes to what it was before has not said yes to what it was raised to meanwhile.
  if (level !== null && level !== state.level) return `it is about ${level}, and this is ${state.level}`
  if (state.status === 'confirmed') return `${state.level} is confirmed already`
  if (state.raisers.includes(by)) return 'nobody confirms what they raised'
  if (event.hand !== null) return `${by} answers for itself, not by the hand of ${event.hand}`
  if (!mayAnswer(state, by, gates)) return `${by} may not confirm ${state.level}`
  if (state.confirmers.includes(by)) return `${by} has confirmed it already`
  const unproved = state.level === 'P0' && gates.isPerson(by) ? gates.whyNotProved(event, alert) : null
  if (unproved !== null) return unproved
  const shared = sharedOrigin(origin, state.origins)
  if (shared !== null) return `it has the same origin as what it would confirm (${shared}), and counts as one with it`
  const confirmers = [...state.confirmers, by]
  const origins = [...state.origins, ...origin]
  const isEnough =
    state.level !== 'P0' || (confirmers.some(gates.isPerson) && confirmers.some((name) => !gates.isPerson(name)))
  if (!isEnough) return {confirmers, origins}
  return {status: 'confirmed', confirmed: state.level, confirmers, confirmedBy: confirmers, origins}
}

/** What makes an alert smaller or ends it: those who judge its level may, and its raiser as long as nobody relies on it. */
export function withdraw(state: Standing, event: AlertEvent, gates: AlertGates): Step {
  const {kind, by, why} = event
  const isJudge = mayAnswer(state, by, gates)
  const isOwn = state.raisers[0] === by
  const isClaim = state.confirmed === null || state.confirmed === 'P3'
  if (kind === 'dismiss') {
    if (why === null) return 'to dismiss needs a why'
    return isJudge || (isOwn && isClaim) ? {status: 'dismissed'} : `${by} may not dismiss ${state.level}`
  }
  if (kind === 'resolve') {
    if (state.confirmed === null) return 'only what is confirmed is resolved'
    return isJudge || isOwn ? {status: 'resolved'} : `${by} may not resolve it`
  }
  return isJudge || (state.raisers.includes(by) && isClaim) ? lower(state, event) : `${by} may not lower ${state.level}`
}

/** People at any level; agents whose contract says so, or whom the question was brought to because those gave no answer. */
function mayAnswer({level, asked}: Standing, name: string, gates: AlertGates): boolean {
  if (gates.isPerson(name) || gates.confirms(name, level)) return true
  return asked.includes(name) && ABOVE[level].some((above) => gates.confirms(name, above))
}

const ABOVE: Readonly<Record<AlertLevel, readonly AlertLevel[]>> = {
  P0: [],
  P1: ['P0'],
  P2: ['P1', 'P0'],
  P3: ['P2', 'P1', 'P0'],
}

function lower(state: Standing, {level, at}: AlertEvent): Step {
  if (level === null) return 'to lower needs a level'
  if (level <= state.level) return `${level} is not below ${state.level}`
  // What was confirmed at a higher level holds at a lower one, too.
  const holds = level === 'P3' || (state.confirmed !== null && state.confirmed <= level)
  const status = holds ? 'confirmed' : 'hypothesis'
  return {status, level, claimedAt: Date.parse(at), confirmed: holds ? level : null, confirmers: [], asked: []}
}
