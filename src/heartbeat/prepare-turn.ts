import type {Engine, Usage} from '../engines/engine.js'
import type {ChangeSet} from '../history/change-set.js'
import {idTime} from '../kit/ids.js'
import type {Lock} from '../kit/lock.js'
import {shorten} from '../kit/text.js'
import {takeTurn} from '../turn/take-turn.js'
import {CEILINGS, type TurnPlan} from '../turn/turn-input.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, beatStatePath, formatBeatState} from './beat-state.js'
import {reportChecks} from './check-reports.js'
import type {Findings} from './find-news.js'
import {nextState} from './next-state.js'
import type {PlannedCheck} from './plan-due.js'
import {isSilent, recordTurn, sumUsage, usageReport} from './record-turn.js'
import type {AgentReport} from './report.js'
import {canJudge, type Surroundings} from './surroundings.js'
import {enginesFailure, waitingFor} from './waiting.js'

/** A turn whose changes are decided and not yet made. */
export interface PreparedTurn {
  readonly changeSet: ChangeSet
  readonly lock: Lock
  /** Called when the commit is there: nothing of the turn has to be found again. */
  readonly onSafe?: () => void
  /** As it will stand when the commit is there. */
  readonly report: AgentReport
}

export interface TurnFacts {
  readonly view: AgentView
  readonly around: Surroundings
  /** The agent's route. */
  readonly engines: readonly Engine[]
  readonly options: {readonly trigger: string}
  readonly lock: Lock
  readonly blank: AgentReport
  readonly state: BeatState
  readonly planned: readonly PlannedCheck[]
  readonly findings: Findings
}

/** Takes the turn when there is something to act on; null when nothing would change. */
export async function prepareTurn(facts: TurnFacts): Promise<PreparedTurn | null> {
  const {findings, engines} = facts
  const isJudging = findings.questions.length > 0 && canJudge(engines)
  if (findings.news.length === 0 && !isJudging) return null
  const earlier: Usage[] = []
  const plan = await takeTurn(await inputOf(facts, earlier))
  if (plan.putAside.length > 0 || plan.end === 'engines') {
    await (await import('./engines-page.js')).pageEngines(plan, facts)
  }
  const isWithout = isSilent(plan) && plan.answered.length === 0 && plan.usage.modelCalls === 0
  if (isWithout && plan.end === 'done' && plan.failure === null) {
    ;(await safeguard(facts, plan)).onSafe?.()
    return null
  }
  const report = reportTurn(facts, plan, earlier)
  const changeSet = await recordTurn(plan, {
    fleet: facts.around.fleet,
    agent: facts.view.agent,
    trigger: facts.options.trigger,
    report: {...report, ...usageReport(plan.usage)},
    local: localWrites(facts, plan),
  })
  return {changeSet, lock: facts.lock, report, ...(await safeguard(facts, plan))}
}

/** Once its commit is there, nobody has to look for what a turn with models had heard; one that failed is looked for. */
async function safeguard(
  {engines, around}: TurnFacts,
  {turn, end, failure}: TurnPlan,
): Promise<{readonly onSafe?: () => void}> {
  if (!canJudge(engines) || failure !== null || end === 'stopped') return {}
  const {clearUnderway} = await import('../turn/underway.js')
  return {onSafe: () => clearUnderway(around.fleet.mcos, turn)}
}

async function inputOf(facts: TurnFacts, earlier: Usage[]): Promise<Parameters<typeof takeTurn>[0]> {
  const {view, around, findings, blank, engines, options, lock} = facts
  const {news, questions, inbox} = findings
  return {
    fleet: around.fleet,
    agent: view.agent,
    contract: view.contract,
    soul: view.soul,
    turn: blank.turn,
    trigger: options.trigger,
    occasion: {news, questions, heartbeat: view.heartbeat, request: null, with: null},
    inbox,
    engines,
    signal: around.signal,
    ceilings: CEILINGS,
    againInMs: againIn(facts),
    steps: [],
    listen: around.listen,
    sleep: around.sleep,
    commitPart: async (part) => {
      earlier.push(part.usage)
      const {commitPart} = await import('./commit-part.js')
      return commitPart(part, {fleet: around.fleet, agent: view.agent, trigger: options.trigger, lock})
    },
  }
}

/** Until a check of this agent is due again, as far as its plan says; a check of every beat is due at any time. */
function againIn({planned, state, around}: TurnFacts): number | null {
  const now = around.fleet.clock.now()
  const gaps = planned.flatMap(({nextDue}) => (nextDue === null || nextDue <= now ? [] : [nextDue - now]))
  const isEveryBeat = planned.some(({check}) => check.kind === 'check' && check.cadence.kind === 'every-beat')
  if (isEveryBeat && state.lastBeat !== null && state.lastBeat < now) gaps.push(now - state.lastBeat)
  return gaps.length === 0 ? null : Math.min(...gaps)
}

function reportTurn(facts: TurnFacts, plan: TurnPlan, earlier: readonly Usage[]): AgentReport {
  const {blank, planned, findings, around, engines} = facts
  const answered = new Set(plan.answered)
  const waiting = waitingFor(plan)
  return {
    ...blank,
    turn: plan.turn,
    state: isSilent(plan) && waiting !== null ? 'idle' : 'worked',
    reason: waiting ?? (isSilent(plan) ? 'nothing to report' : shorten(plan.lines.join('; '), 200)),
    engine: plan.engine,
    ...usageReport(sumUsage([...earlier, plan.usage])),
    ms: around.fleet.clock.now() - idTime(blank.turn),
    checks: reportChecks(planned, {...findings, answered, canJudge: canJudge(engines), waiting: plan.passed}),
    alerts: findings.news.flatMap((item) =>
      item.kind === 'outage' && !item.isMended ? [`P3: ${item.probe} is down`] : [],
    ),
    messages: plan.messages,
    error: plan.failure ?? enginesFailure(plan),
    ...(plan.failure ? {state: 'failed' as const, reason: plan.failure.message} : {}),
  }
}

function localWrites(facts: TurnFacts, {answered}: TurnPlan): ChangeSet['local'] {
  const {view, around, findings, planned} = facts
  const now = around.fleet.clock.now()
  const {tended, deferred} = findings
  const results = {now, planKey: view.planKey, planned, tended, answered: new Set(answered), deferred}
  return [{path: beatStatePath(view.agent.name), content: formatBeatState(nextState(facts.state, results))}]
}
