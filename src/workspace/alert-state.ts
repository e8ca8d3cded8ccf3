import {answer, withdraw} from './alert-answers.js'
import type {AlertEvent} from './alert-file.js'
import {QUESTION_RULES} from './alert-questions.js'
import type {AlertClaim, AlertGates, AlertState, Standing, Step} from './alert-standing.js'
import {foldEvents} from './event-fold.js'

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
