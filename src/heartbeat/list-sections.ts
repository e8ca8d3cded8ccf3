import {isUserError} from '../kit/errors.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {readPlan} from './agent-view.js'
import {NEW_BEAT_STATE} from './beat-state.js'
import {reportUnseen} from './check-reports.js'
import {planDue} from './plan-due.js'
import type {CheckReport} from './report.js'
import {peekBeatState} from './state-store.js'

/** Every section of an agent that a beat passes over, and why it does; none when the file itself can't be read. */
export async function listSections(
  fleet: Fleet,
  agent: AgentEntry,
  {isForced, why}: {readonly isForced: boolean; readonly why: string},
): Promise<readonly CheckReport[]> {
  const {clock, home} = fleet
  try {
    const {heartbeat, planKey} = await readPlan(fleet, agent)
    const facts = {now: clock.now(), zone: home.config.timezone, isForced, planKey}
    return reportUnseen(await planDue(heartbeat.checks, peekBeatState(fleet, agent.name) ?? NEW_BEAT_STATE, facts), why)
  } catch (error) {
    // Why it is passed over is told anyway.
    if (isUserError(error)) return []
    throw error
  }
}
