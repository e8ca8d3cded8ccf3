import type {Usage} from '../engines/engine.js'
import {sumUsage} from '../engines/usage.js'
import {idTime} from '../kit/ids.js'
import {shorten} from '../kit/text.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import {reportChecks} from './check-reports.js'
import {isSilent, usageReport} from './record-turn.js'
import type {AgentReport} from './report.js'
import {canJudge} from './surroundings.js'
import type {TurnFacts} from './turn-facts.js'
import {enginesFailure, waitingFor} from './waiting.js'

/** All of a turn as one report, the parts that were committed before with it. */
export function reportTurn(facts: TurnFacts, plan: TurnPlan, parts: readonly TurnPlan[]): AgentReport {
  const {blank, planned, findings, around, engines} = facts
  const answered = new Set(plan.answered)
  return {
    ...blank,
    turn: plan.turn,
    ...outcomeOf(plan),
    engine: plan.engine,
    ...usageReport(sumUsage([...sorting(findings.triaged), ...[...parts, plan].map(({usage}) => usage)])),
    ms: around.fleet.clock.now() - idTime(blank.turn),
    checks: reportChecks(planned, {...findings, answered, canJudge: canJudge(engines), waiting: plan.passed}),
    alerts: findings.news.flatMap((item) =>
      item.kind === 'outage' && !item.isMended ? [`P3: ${item.probe} is down`] : [],
    ),
    messages: [...new Set([...parts, plan].flatMap(({messages}) => messages))],
    error: plan.failure ?? enginesFailure(plan),
  }
}

/** What asking a model about new mail has cost before the turn. */
function sorting(triaged: TurnFacts['findings']['triaged']): readonly Usage[] {
  return triaged?.chosen ? [triaged.chosen.usage] : []
}

function outcomeOf(plan: TurnPlan): Pick<AgentReport, 'state' | 'reason'> {
  const {end, failure, lines} = plan
  if (failure) return {state: 'failed', reason: failure.message}
  if (cameToNothing(plan)) return {state: 'skipped', reason: end}
  const waiting = waitingFor(plan)
  if (waiting !== null) return {state: isSilent(plan) ? 'idle' : 'worked', reason: waiting}
  return {state: 'worked', reason: isSilent(plan) ? 'nothing to report' : shorten(lines.join('; '), 200)}
}

/** What its probes saw has been told to nobody: it is seen anew at the next beat, and its messages lie where they lay. */
export function cameToNothing(plan: TurnPlan): boolean {
  const {end, failure} = plan
  return failure !== null || end === 'stopped' || (end === 'interrupted' && isSilent(plan))
}
