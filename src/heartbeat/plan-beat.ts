import type {AgentView} from './agent-view.js'
import {type BeatState, NEW_BEAT_STATE} from './beat-state.js'
import type {CommittedLaw} from './committed-law.js'
import {type PlannedCheck, planDue} from './plan-due.js'
import type {Surroundings} from './surroundings.js'

export interface BeatOptions {
  readonly isForced: boolean
  readonly trigger: string
  readonly committed: CommittedLaw
  /** Ids of approvals with an answer or an end that the agent has not dealt with; absent: there are none. */
  readonly answered?: ReadonlyMap<string, readonly string[]>
}

/** What is due by an agent's file and what this machine remembers of its beats. */
export async function planBeat(
  {heartbeat, planKey}: AgentView,
  state: BeatState | null,
  {around, options}: {readonly around: Surroundings; readonly options: BeatOptions},
): Promise<readonly PlannedCheck[]> {
  const {clock, home} = around.fleet
  const facts = {now: clock.now(), zone: home.config.timezone, isForced: options.isForced, planKey}
  return planDue(heartbeat.checks, state ?? NEW_BEAT_STATE, facts)
}
