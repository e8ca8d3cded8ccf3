import {QUESTION_RULES} from '../workspace/alert-questions.js'
import type {AlertGates, AlertState} from '../workspace/alert-standing.js'
import type {AlertLevel} from '../workspace/soul.js'
import type {AlertCase} from './read-alerts.js'

/** A question that goes on: to these agents by message, or to people by a page. */
export interface NextQuestion {
  readonly to: readonly string[] | 'people'
  /** When it became due, in ms: the same for whoever notices. */
  readonly dueAt: number
  readonly why: string
}

/** The agents who are asked first: those whose contract lets them confirm it, without its raisers. */
export function whoConfirms(level: AlertLevel, raisers: readonly string[], gates: AlertGates): readonly string[] {
  return level === 'P3' ? [] : gates.confirmers(level).filter((name) => !raisers.includes(name))
}

/** To whom an alert's question has to go now; null: to nobody, because it is answered, held, under way or went on before. */
export function nextQuestion(
  {alert, state, events, trouble}: AlertCase,
  gates: AlertGates,
  now: number,
): NextQuestion | null {
  const {level, status, claimedAt, asked, raisers, confirmers} = state
  const wentOn = events.some(
    ({kind, level: about, at}) => kind === 'ask' && about === level && Date.parse(at) >= claimedAt,
  )
  if (trouble !== null || alert.held !== null || status !== 'hypothesis' || level === 'P3') return null
  if (asked.length > 0 || wentOn) return null
  const {afterMs, goes} = QUESTION_RULES[level]
  const isAlone = whoConfirms(level, raisers, gates).length === 0
  const yes = state.applied.findLast(({kind}) => kind === 'confirm')
  if (level === 'P0' && confirmers.length > 0 && yes) {
    // A moment later, so that it stands behind what it is about.
    const dueAt = Math.max(Date.parse(yes.at), claimedAt) + 1
    return {to: 'people', dueAt, why: `${confirmers.join(' and ')} confirmed it; a person has to agree`}
  }
  const above = goes === 'up' ? whoIsAbove(level, state, gates) : []
  const to = above.length > 0 ? above : 'people'
  if (isAlone) return {to, dueAt: claimedAt + 1, why: 'no other agent can answer it'}
  if (claimedAt + afterMs > now) return null
  return {to, dueAt: claimedAt + afterMs, why: `nobody has answered for ${wordFor(afterMs)}`}
}

function whoIsAbove(level: AlertLevel, {raisers}: AlertState, gates: AlertGates): readonly string[] {
  const ladder: readonly AlertLevel[] = ['P2', 'P1', 'P0']
  const known = new Set([...raisers, ...gates.confirmers(level)])
  for (const above of ladder.slice(ladder.indexOf(level) + 1)) {
    const found = gates.confirmers(above).filter((name) => !known.has(name))
    if (found.length > 0) return found
  }
  return []
}

function wordFor(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
}
