import {rememberRun} from '../schedule/run-memory.js'
import {type BeatState, type CheckState, NEW_CHECK_STATE} from './beat-state.js'
import type {TendedCheck} from './outage-case.js'
import type {PlannedCheck} from './plan-due.js'

export interface BeatResults {
  readonly now: number
  readonly planKey: string
  readonly planned: readonly PlannedCheck[]
  readonly tended: readonly TendedCheck[]
  /** Judgement checks that an engine answered; the other due ones stay due. */
  readonly answered: ReadonlySet<string>
  /** Checks whose news waits for the end of the quiet hours: what they saw is not taken note of yet. */
  readonly deferred: ReadonlySet<string>
}

/** The memory after a beat. Only what was dealt with is remembered as seen. */
export function nextState(state: BeatState, results: BeatResults): BeatState {
  const {now, planKey, planned} = results
  return {
    version: 1,
    lastBeat: now,
    planKey,
    checks: Object.fromEntries(
      planned.filter(isScheduled).map((one) => [one.check.id, nextCheck(state.checks[one.check.id], one, results)]),
    ),
  }
}

function isScheduled({check}: PlannedCheck): boolean {
  return check.kind === 'check' && !check.off
}

function nextCheck(known: CheckState = NEW_CHECK_STATE, planned: PlannedCheck, results: BeatResults): CheckState {
  const {check, mark, nextDue} = planned
  const tended = results.tended.find((one) => one.check.id === check.id)
  const hasRun = tended ? tended.sightings.length > 0 : false
  const at = hasRun || results.answered.has(check.id) ? results.now : mark
  const run = at === null ? {lastRun: known.lastRun, ahead: known.ahead} : rememberRun(known, at)
  const isSeen = tended && !results.deferred.has(check.id)
  return {
    ...run,
    nextDue: planned.due && at === null ? null : nextDue,
    readings: isSeen ? {...known.readings, ...readingsOf(tended)} : known.readings,
    outages: tended ? tended.outages : known.outages,
  }
}

/** An inbox is never remembered: what lies unread is news until it is moved. */
function readingsOf({sightings}: TendedCheck): CheckState['readings'] {
  return Object.fromEntries(sightings.filter(({call}) => call.word !== 'inbox').map(({call, keep}) => [call.key, keep]))
}
