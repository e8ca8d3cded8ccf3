import type {Check} from '../schedule/check.js'
import type {Due} from '../schedule/due.js'
import {type BeatState, checkStateOf} from './beat-state.js'

/** A check with what the plan says of it now. */
export interface PlannedCheck extends Due {
  readonly check: Check
}

export interface PlanFacts {
  readonly now: number
  readonly zone: string
  readonly isForced: boolean
  /** Names the texts the plan is made from; times worked out for another plan don't count. */
  readonly planKey: string
}

/**
 * What is due now. Times that an earlier beat worked out for the same plan are taken over,
 * so that a beat with nothing due asks no calendar.
 */
export async function planDue(
  checks: readonly Check[],
  state: BeatState,
  facts: PlanFacts,
): Promise<readonly PlannedCheck[]> {
  const planned: PlannedCheck[] = []
  for (const check of checks) planned.push({check, ...(await planCheck(check, state, facts))})
  return planned
}

async function planCheck(check: Check, state: BeatState, {now, zone, isForced, planKey}: PlanFacts): Promise<Due> {
  if (check.kind !== 'check') return notScheduled(`it is ${check.kind}, read as context`)
  if (check.off) return notScheduled('it is switched off')
  if (check.cadence.kind === 'every-beat')
    return {due: true, joins: false, why: 'due at every beat', nextDue: null, mark: null, missed: 0}
  const {lastRun, ahead, nextDue} = checkStateOf(state, check.id)
  const isKnown = state.planKey === planKey && state.lastBeat !== null && state.lastBeat <= now
  if (isKnown && !isForced && !isRange(check) && nextDue !== null && now < nextDue) {
    return {due: false, joins: false, why: 'its time has not come', nextDue, mark: null, missed: 0}
  }
  const {judgeDue} = await import('../schedule/due.js')
  return judgeDue(check, {lastRun, ahead, now, zone, isForced})
}

function notScheduled(why: string): Due {
  return {due: false, joins: false, why, nextDue: null, mark: null, missed: 0}
}

/** Between its bounds a range joins a turn, so that its next time alone does not tell. */
function isRange({cadence}: Check): boolean {
  return cadence.kind === 'every' && cadence.fromMs !== cadence.toMs
}
