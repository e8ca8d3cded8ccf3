import {eventChange} from '../../alerts/event-change.js'
import {type AlertDraft, placeAlert} from '../../alerts/place-alert.js'
import {floodLetter, type QuestionLetter, questionLetter} from '../../alerts/question-letter.js'
import {whoConfirms} from '../../alerts/questions.js'
import type {AlertCase} from '../../alerts/read-alerts.js'
import {speaksOfTime} from '../../alerts/time-words.js'
import type {Clock} from '../../kit/clock.js'
import {newId} from '../../kit/ids.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {type Alert, alertEventOf, alertOf, formatAlert, parseAlert} from '../../workspace/alert-file.js'
import type {AlertGates} from '../../workspace/alert-standing.js'
import type {Change} from '../../workspace/change.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {newRecord} from '../tools/record-folder.js'
import {clockRefused} from './clock-refused.js'
import type {ClockCheck} from './live-clock.js'

/** What somebody wants to raise. */
export interface RaiseRequest extends AlertDraft, Pick<Alert, 'hand' | 'since' | 'body'> {}

/** A letter on its way, by the hand of whoever raises. */
export interface SentLetter {
  readonly id: string
  readonly changes: readonly Change[]
}

export interface RaiseFacts {
  readonly clock: Clock
  readonly cases: readonly AlertCase[]
  readonly gates: AlertGates
  /** What a live clock said; asked only about alarms that speak of time, null for the others. */
  readonly live: ClockCheck | null
  send(to: string, letter: QuestionLetter): SentLetter
}

/** What comes of it: an alert of its own, a line more in one that says the same, or that one at a higher level. */
export interface RaisePlan {
  readonly kind: 'new' | 'repeat' | 'raise'
  readonly id: string
  readonly folder: string
  readonly level: AlertLevel
  /** Who is asked, by message. */
  readonly asked: readonly string[]
  readonly held: string | null
  readonly changes: readonly Change[]
  /** Ids of those messages. */
  readonly messages: readonly string[]
  /** What became of it, in words. */
  readonly standing: string
}

/** Everything that raising an alert changes, as one change. An alarm about time rises only where a live clock agrees. */
export function planRaise(request: RaiseRequest, facts: RaiseFacts): RaisePlan {
  const place = placeAlert(request, facts.cases, facts.clock.now())
  if (place.kind === 'repeat') return planRepeat(request, place.of, facts)
  if (request.level !== 'P3' && speaksOfTime(request) && facts.live?.isChecked !== true) {
    throw clockRefused(request.level, facts.live)
  }
  return place.kind === 'raise' ? planHigher(request, place.of, facts) : planNew(request, place, facts)
}

function planNew(
  request: RaiseRequest,
  {held, isFirstHeld}: {readonly held: string | null; readonly isFirstHeld: boolean},
  facts: RaiseFacts,
): RaisePlan {
  const {by, hand, level, title, evidence, since, origin, body} = request
  const {id, folder} = newRecord(facts.clock, {under: 'alerts', title})
  const at = new Date(facts.clock.now()).toISOString()
  const alert = alertOf({id, at, by, hand, title, level, evidence, since, origin, held, body})
  const content = formatAlert(alert)
  parseAlert(content, `${folder}/alert.md`)
  const asked = whoConfirms(level, named(request), facts.gates)
  const letter =
    held === null ? questionLetter(alert, {level, clock: facts.live?.text ?? null}) : floodLetter(alert, held)
  // Who can't be asked, because nobody else may answer, is found by the beat: it knows how to reach people.
  const sent = held === null || isFirstHeld ? asked.map((to) => facts.send(to, letter)) : []
  return {
    kind: 'new',
    id,
    folder,
    level,
    asked: held === null ? asked : [],
    held,
    changes: [
      {kind: 'write', path: `${folder}/alert.md`, content, expect: null},
      ...clockNote(folder, request, facts),
      ...sent.flatMap(({changes}) => changes),
    ],
    messages: sent.map(({id: message}) => message),
    standing: held === null ? standingOf(level, asked) : `held, nobody is asked: ${held}`,
  }
}

function planHigher(request: RaiseRequest, {alert, folder, state}: AlertCase, facts: RaiseFacts): RaisePlan {
  const {level, origin} = request
  const event = eventOf(request, facts, {kind: 'raise', level, clock: facts.live?.text ?? null, why: toldIn(request)})
  const asked = alert.held === null ? whoConfirms(level, [...state.raisers, ...named(request)], facts.gates) : []
  const claim = {...alert, ...request, id: alert.id, origin: [...new Set([...alert.origin, ...origin])]}
  const letter = questionLetter(claim, {level, clock: facts.live?.text ?? null})
  const sent = asked.map((to) => facts.send(to, letter))
  return {
    kind: 'raise',
    id: alert.id,
    folder,
    level,
    asked,
    held: alert.held,
    changes: [eventChange(folder, event), ...sent.flatMap(({changes}) => changes)],
    messages: sent.map(({id}) => id),
    standing: `${state.level} until now; ${standingOf(level, asked)}`,
  }
}

/** Nobody is asked again, and nothing rises by being said more often. */
function planRepeat(request: RaiseRequest, {alert, folder, state}: AlertCase, facts: RaiseFacts): RaisePlan {
  const event = eventOf(request, facts, {kind: 'note', level: request.level, repeat: true, why: toldIn(request)})
  return {
    kind: 'repeat',
    id: alert.id,
    folder,
    level: state.level,
    asked: [],
    held: alert.held,
    changes: [eventChange(folder, event)],
    messages: [],
    standing: `the same as what ${alert.by} raised, ${state.status} ${state.level}; noted there`,
  }
}

/** What the clock said stands beside the alert, also when it said nothing and a note may say what it likes. */
function clockNote(folder: string, request: RaiseRequest, facts: RaiseFacts): Change[] {
  if (!speaksOfTime(request)) return []
  const text = facts.live?.text ?? 'not checked'
  const why = facts.live?.isChecked ? null : 'clock not checked'
  return [eventChange(folder, eventOf(request, facts, {kind: 'note', clock: text, why}))]
}

function eventOf(
  {by, hand, origin}: Pick<RaiseRequest, 'by' | 'hand' | 'origin'>,
  {clock}: RaiseFacts,
  said: Pick<Parameters<typeof alertEventOf>[0], 'kind'> & Partial<Parameters<typeof alertEventOf>[0]>,
): ReturnType<typeof alertEventOf> {
  const at = new Date(clock.now()).toISOString()
  return alertEventOf({id: newId(clock), at, by, hand, origin, ...said})
}

function toldIn({title, evidence}: RaiseRequest): string {
  return shorten(cleanLine([title, ...evidence].join('; ')), 400)
}

function standingOf(level: AlertLevel, asked: readonly string[]): string {
  if (level === 'P3') return 'noted'
  const who = asked.length > 0 ? asked.join(' and ') : 'a person'
  return `a hypothesis until it is confirmed; ${who} ${asked.length > 1 ? 'are' : 'is'} asked, nobody else is told`
}

function named({by, hand}: Pick<RaiseRequest, 'by' | 'hand'>): string[] {
  return hand === null ? [by] : [by, hand]
}
