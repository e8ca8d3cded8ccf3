import {eventChange} from '../../alerts/event-change.js'
import type {AlertCase} from '../../alerts/read-alerts.js'
import {speaksOfTime} from '../../alerts/time-words.js'
import type {Clock} from '../../kit/clock.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {newId} from '../../kit/ids.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {type AlertEvent, alertEventOf} from '../../workspace/alert-file.js'
import type {AlertGates, AlertState} from '../../workspace/alert-standing.js'
import {foldAlert} from '../../workspace/alert-state.js'
import type {Change} from '../../workspace/change.js'
import {clockRefused} from './clock-refused.js'
import type {ClockCheck} from './live-clock.js'

/** What is said to an alert, by whom and how. */
export interface AnswerRequest extends Pick<AlertEvent, 'by' | 'via' | 'origin' | 'why'> {
  readonly kind: 'confirm' | 'dismiss' | 'resolve'
}

export interface AnswerFacts {
  readonly clock: Clock
  readonly gates: AlertGates
  /** What a live clock said; asked only where the alert speaks of time. */
  readonly live: ClockCheck | null
  /** A person's signature under it, where its level needs one. */
  readonly sign?: ((event: AlertEvent) => string) | undefined
}

export interface AnswerPlan {
  readonly before: AlertState
  readonly after: AlertState
  /** Why it does not count although it is recorded; null: it counts. */
  readonly refusal: string | null
  readonly changes: readonly Change[]
}

/** Whether an answer to it waits for what a live clock says. */
export function needsClock({alert}: AlertCase, kind: AnswerRequest['kind']): boolean {
  return kind === 'confirm' && speaksOfTime(alert)
}

/** One answer as a change. One that may not be given is refused; one that counts as the raiser's own is recorded and counts nothing. */
export function planAnswer(found: AlertCase, request: AnswerRequest, facts: AnswerFacts): AnswerPlan {
  const {alert, events, state: before, folder, trouble} = found
  const {kind, by, via, origin} = request
  if (trouble !== null) throw refused(found, `not all of it can be read (${trouble})`)
  if (needsClock(found, kind) && facts.live?.isChecked !== true) throw clockRefused('confirm', facts.live)
  const unsigned = alertEventOf({
    id: newId(facts.clock),
    at: new Date(facts.clock.now()).toISOString(),
    by,
    kind,
    level: before.level,
    via,
    origin,
    clock: facts.live?.text ?? null,
    why: request.why === null ? null : shorten(cleanLine(request.why), 1_000),
  })
  const event = {...unsigned, sig: facts.sign?.(unsigned) ?? null}
  const after = foldAlert(alert, [...events, event], facts.gates)
  const refusal = after.refused.find((one) => one.event.id === event.id)?.reason ?? null
  const isOrigin =
    refusal !== null &&
    kind === 'confirm' &&
    foldAlert(alert, [...events, {...event, origin: []}], facts.gates).refused.every((one) => one.event.id !== event.id)
  if (refusal !== null && !isOrigin) throw refused(found, refusal)
  return {before, after, refusal, changes: [eventChange(folder, event)]}
}

function refused({alert}: AlertCase, reason: string): UserError {
  return new UserError(`Alert ${alert.id.slice(0, 12)} stays as it is: ${reason}.`, {
    code: 'NOT_COUNTED',
    fix: `mcos alert show ${alert.id.slice(0, 12)}`,
    exit: EXIT.refused,
  })
}
