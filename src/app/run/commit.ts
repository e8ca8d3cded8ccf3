import {blankReport, failedReport} from '../../heartbeat/blank-report.js'
import {commitPart as commitFullPart} from '../../heartbeat/commit-part.js'
import {writeReceipts} from '../../heartbeat/receipts.js'
import {recordTurn, usageReport} from '../../heartbeat/record-turn.js'
import type {AgentReport} from '../../heartbeat/report.js'
import {commitChangeSets} from '../../history/commit-change-sets.js'
import {refusedBy} from '../../history/refused-by.js'
import {isUserError} from '../../kit/errors.js'
import {idTime} from '../../kit/ids.js'
import type {Lock} from '../../kit/lock.js'
import type {Redactor} from '../../turn/redact.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {outcomeOf} from './report.js'
import type {Seat, Task} from './seat.js'
import {withConversation} from './with-conversation.js'

interface CommitFacts {
  readonly seat: Seat
  readonly task: Task
  readonly lock: Lock
  /** What has the shape of a token, or is one of the fleet's own, gets into no log. */
  readonly redactor: Redactor
  /** Whether this is the part that a person's words began. */
  readonly isFirst: boolean
}

/** Makes what a turn planned real, as one commit with its place in the day's log, and its receipt. */
export async function commitRun(
  plan: TurnPlan,
  {seat, task, lock, redactor, isFirst, detail}: CommitFacts & {readonly detail: string | null},
): Promise<{readonly commit: string | null; readonly trouble: AgentReport['error']}> {
  const {fleet, agent} = seat
  const told = withConversation(plan, {asked: isFirst ? task : null, redactor})
  const report: AgentReport = {
    ...blankReport(agent, plan.turn),
    ...outcomeOf(told, detail),
    engine: plan.engine,
    ...usageReport(plan.usage),
    ms: fleet.clock.now() - idTime(plan.turn),
    messages: plan.messages,
  }
  try {
    const set = await recordTurn(told, {fleet, agent, trigger: task.trigger, report, local: []})
    lock.renew()
    const [result] = commitChangeSets(fleet.home.dir, [set], {clock: fleet.clock, lock})
    if (!result) throw new Error(`No result for turn ${plan.turn}`)
    if (result.refused) throw refusedBy(result.refused)
    return {commit: result.commit, trouble: null}
  } catch (error) {
    const failed = failedReport(report, error)
    writeReceipts(fleet, [failed], task.trigger)
    if (!isUserError(error)) throw error
    return {commit: null, trouble: failed.error}
  }
}

/** The same for a part whose context is full; the work goes on in the turn that it names. */
export function commitPart(
  plan: TurnPlan,
  {seat, task, lock, redactor, isFirst}: CommitFacts,
): ReturnType<typeof commitFullPart> {
  const {fleet, agent} = seat
  const told = withConversation(plan, {asked: isFirst && plan.end !== 'recovered' ? task : null, redactor})
  return commitFullPart(told, {fleet, agent, trigger: task.trigger, lock})
}
