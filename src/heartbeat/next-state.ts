import type {NewsItem} from '../engines/news.js'
import type {Sighting} from '../probes/read-all.js'
import {rememberRun} from '../schedule/run-memory.js'
import {type BeatState, type CheckState, checkStateOf} from './beat-state.js'
import type {TendedCheck} from './outage-case.js'
import type {PlannedCheck} from './plan-due.js'

export interface BeatResults {
  readonly now: number
  readonly planKey: string
  readonly planned: readonly PlannedCheck[]
  readonly tended: readonly TendedCheck[]
  /** Judgement checks that an engine answered; the other due ones stay due. */
  readonly answered: ReadonlySet<string>
  /** News that waits for the end of the quiet hours: its check stays due, and what it saw is not taken note of yet. */
  readonly deferred: readonly NewsItem[]
}

/** The memory after a beat. Only what was dealt with is remembered as seen. */
export function nextState(state: BeatState, results: BeatResults): BeatState {
  const {now, planKey, planned} = results
  return {
    version: 1,
    lastBeat: now,
    planKey,
    checks: Object.fromEntries(
      planned
        .filter(isScheduled)
        .map((one) => [one.check.id, nextCheck(checkStateOf(state, one.check.id), one, results)]),
    ),
  }
}

function isScheduled({check}: PlannedCheck): boolean {
  return check.kind === 'check' && !check.off
}

function nextCheck(known: CheckState, planned: PlannedCheck, results: BeatResults): CheckState {
  const {check, mark, nextDue} = planned
  const tended = results.tended.find((one) => one.check.id === check.id)
  const deferred = results.deferred.filter((item) => item.check === check.id)
  const hasRun = tended !== undefined && tended.sightings.length > 0 && deferred.length === 0
  const at = hasRun || results.answered.has(check.id) ? results.now : mark
  const run = at === null ? {lastRun: known.lastRun, ahead: known.ahead} : rememberRun(known, at)
  return {
    ...run,
    nextDue: planned.due && at === null ? null : nextDue,
    readings: tended ? readingsAfter(known.readings, tended, deferred) : known.readings,
    outages: tended ? tended.outages : known.outages,
  }
}

function readingsAfter(
  known: CheckState['readings'],
  {check, sightings}: TendedCheck,
  deferred: readonly NewsItem[],
): CheckState['readings'] {
  const readings = new Map(Object.entries(known).filter(([key]) => check.probes.some((call) => call.key === key)))
  const isDeferred = ({call}: Sighting) => deferred.some((item) => item.kind === 'reading' && item.probe === call.text)
  for (const sighting of sightings) {
    const {call, keep} = sighting
    // An inbox that can be read is never remembered: what lies unread is news until it is moved.
    if (call.word === 'inbox' && keep.level === 'ok') readings.delete(call.key)
    else if (!isDeferred(sighting)) readings.set(call.key, keep)
  }
  return Object.fromEntries(readings)
}
