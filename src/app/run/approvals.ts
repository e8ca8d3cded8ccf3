import type {ApprovalNews} from '../../engines/news.js'
import {unsettledApprovals} from '../../guard/approvals/unsettled.js'
import type {AgentView} from '../../heartbeat/agent-view.js'
import type {Lock} from '../../kit/lock.js'
import {forgetUntold, readUntold} from '../../turn/approval-marks.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {aroundSeat} from './around-seat.js'
import type {Seat, Task} from './seat.js'

/** What people have answered since the last turn is done before this one, so that it hears of it. */
export async function carryBefore(
  {fleet, agent, signal}: Seat,
  {trigger}: Pick<Task, 'trigger'>,
  {view, lock}: {readonly view: AgentView; readonly lock: Lock},
): Promise<void> {
  const unsettled = unsettledApprovals(fleet.home.files, fleet.mcos)
  if (unsettled.length === 0) return
  const [{sortApprovals}, {carryApproved}] = await Promise.all([
    import('../../heartbeat/approvals.js'),
    import('../../heartbeat/carry-approved.js'),
  ])
  const ids = sortApprovals(fleet, unsettled).answered.get(agent.name) ?? []
  if (ids.length > 0) await carryApproved({fleet, view, trigger, lock, signal, ids})
}

/** What became of earlier requests; a conversation that goes on keeps its beginning, and hears of it at its next one. */
export function untoldFor({fleet, agent}: Seat, {steps}: Pick<Task, 'steps'>): ApprovalNews[] {
  return steps.length === 0 ? readUntold(fleet.mcos, agent.name) : []
}

/** What the turn has heard is told, and what it has asked for reaches people. */
export async function tendAfter(
  {fleet, agent, route, signal}: Seat,
  {steps}: Pick<Task, 'steps'>,
  {plan, commit}: {readonly plan: Pick<TurnPlan, 'usage' | 'failure' | 'end'>; readonly commit: string | null},
): Promise<void> {
  const hasHeard = plan.usage.modelCalls > 0 && plan.failure === null && plan.end !== 'stopped'
  if (hasHeard && steps.length === 0) forgetUntold(fleet.mcos, agent.name)
  if (commit === null) return
  const ids = unsettledApprovals(fleet.home.files, fleet.mcos)
  if (ids.length === 0) return
  const {noticeApprovals} = await import('../../heartbeat/approval-notices.js')
  await noticeApprovals(ids, aroundSeat({fleet, route, signal}))
}
