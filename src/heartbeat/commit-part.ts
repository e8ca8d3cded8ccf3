import type {ChangeSet} from '../history/change-set.js'
import {commitChangeSets} from '../history/commit-change-sets.js'
import {refusedBy} from '../history/refused-by.js'
import {newTurnId} from '../kit/ids.js'
import type {Lock} from '../kit/lock.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {blankReport} from './blank-report.js'
import {recordTurn, usageReport} from './record-turn.js'

export interface PartFacts {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly trigger: string
  readonly lock: Lock
  /** This machine's own writes besides the receipt. */
  readonly local?: ChangeSet['local']
}

/**
 * Ends a turn whose context is full: one commit with WORKSTATE.md and all it has done, one receipt. The work goes on in
 * the turn that it names.
 */
export async function commitPart(
  plan: TurnPlan,
  {fleet, agent, trigger, lock, local = []}: PartFacts,
): Promise<{readonly commit: string | null; readonly next: string}> {
  const report = {
    ...blankReport(agent, plan.turn),
    state: 'worked' as const,
    reason: plan.end,
    engine: plan.engine,
    ...usageReport(plan.usage),
    messages: plan.messages,
  }
  const set = await recordTurn(plan, {fleet, agent, trigger, report, local})
  lock.renew()
  const [result] = commitChangeSets(fleet.home.dir, [set], {clock: fleet.clock, lock})
  if (!result) throw new Error(`No result for turn ${plan.turn}`)
  if (result.refused) throw refusedBy(result.refused)
  return {commit: result.commit, next: newTurnId(fleet.clock)}
}
