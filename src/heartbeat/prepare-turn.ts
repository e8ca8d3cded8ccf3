import type {Usage} from '../engines/engine.js'
import {type ChangeSet, COMMIT_PLACEHOLDER, type CommitMeta} from '../history/change-set.js'
import {idTime} from '../kit/ids.js'
import type {Lock} from '../kit/lock.js'
import {cleanLine, shorten} from '../kit/text.js'
import {type TurnPlan, takeTurn} from '../turn/take-turn.js'
import {agentPaths} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {formatLogEntry} from '../workspace/daily-log.js'
import {localTime} from '../workspace/local-time.js'
import {formatReceipt, receiptPath, type Tokens} from '../workspace/receipt.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, beatStatePath, formatBeatState} from './beat-state.js'
import {reportChecks} from './check-reports.js'
import type {Findings} from './find-news.js'
import {nextState} from './next-state.js'
import type {PlannedCheck} from './plan-due.js'
import {receiptOf} from './receipts.js'
import type {AgentReport} from './report.js'
import {canJudge, type Surroundings} from './surroundings.js'

/** A turn whose changes are decided and not yet made. */
export interface PreparedTurn {
  readonly changeSet: ChangeSet
  readonly lock: Lock
  /** As it will stand when the commit is there. */
  readonly report: AgentReport
}

export interface TurnFacts {
  readonly view: AgentView
  readonly around: Surroundings
  readonly options: {readonly trigger: string}
  readonly lock: Lock
  readonly blank: AgentReport
  readonly state: BeatState
  readonly planned: readonly PlannedCheck[]
  readonly findings: Findings
}

/** Takes the turn when there is something to act on; null when nothing would change. */
export async function prepareTurn(facts: TurnFacts): Promise<PreparedTurn | null> {
  const {view, around, findings, blank} = facts
  const isJudging = findings.questions.length > 0 && canJudge(around)
  if (findings.news.length === 0 && !isJudging) return null
  const plan = await takeTurn({
    fleet: around.fleet,
    agent: view.agent,
    contract: view.contract,
    reportsTo: view.soul?.reportsTo ?? null,
    turn: blank.turn,
    news: findings.news,
    questions: findings.questions,
    inbox: findings.inbox,
    engines: around.engines,
    signal: around.signal,
    prompt: () => promptOf(facts),
  })
  if (isSilent(plan) && plan.answered.length === 0 && plan.usage.modelCalls === 0) return null
  const report = reportTurn(facts, plan)
  return {changeSet: await changeSetOf(facts, plan, report), lock: facts.lock, report}
}

/** Nothing was done and nothing is to be told: what it cost and what it answered is remembered without a commit. */
function isSilent({lines, changes}: TurnPlan): boolean {
  return lines.length === 0 && changes.length === 0
}

async function promptOf({view, around, findings}: TurnFacts): Promise<string> {
  const {assembleContext} = await import('../turn/context.js')
  const {news, questions} = findings
  return (await assembleContext(around.fleet, view.agent, {news, questions, heartbeat: view.heartbeat, request: null}))
    .text
}

function reportTurn({blank, planned, findings, around}: TurnFacts, plan: TurnPlan): AgentReport {
  const answered = new Set(plan.answered)
  return {
    ...blank,
    state: 'worked',
    reason: isSilent(plan) ? 'nothing to report' : shorten(plan.lines.join('; '), 200),
    engine: plan.engine,
    model_calls: plan.usage.modelCalls,
    tokens: tokensOf(plan.usage),
    cost_usd: plan.usage.costUsd,
    ms: around.fleet.clock.now() - idTime(blank.turn),
    checks: reportChecks(planned, {...findings, answered, canJudge: canJudge(around)}),
    alerts: findings.news.flatMap((item) =>
      item.kind === 'outage' && !item.isMended ? [`P3: ${item.probe} is down`] : [],
    ),
    messages: plan.messages,
  }
}

async function changeSetOf(facts: TurnFacts, plan: TurnPlan, report: AgentReport): Promise<ChangeSet> {
  const {fleet} = facts.around
  const local = localWrites(facts, plan, report)
  if (isSilent(plan)) return {id: report.turn, changes: [], commit: null, local}
  const {date, time} = await localTime(fleet, fleet.clock.now())
  const entry = formatLogEntry({time, trigger: facts.options.trigger, turn: report.turn, lines: plan.lines})
  const log: Change = {
    kind: 'append',
    path: agentPaths(facts.view.agent).log(date),
    text: `\n${entry}`,
    header: `# ${date}\n`,
  }
  return {id: report.turn, changes: [...plan.changes, log], commit: commitOf(facts, plan, report), local}
}

function commitOf(
  {view, around, options}: TurnFacts,
  {lines, engine, usage}: TurnPlan,
  report: AgentReport,
): CommitMeta {
  const {clock, home} = around.fleet
  const {name} = view.agent
  const told = `${name}: ${lines[0] ?? options.trigger}`
  const subject = shorten(cleanLine(told), 100)
  // What an undo can't take back is read from here, so that a line too long for the subject stands whole below it.
  const isWhole = lines.length <= 1 && subject === told
  return {
    subject,
    ...(isWhole ? {} : {body: lines.map((line) => `- ${line}`).join('\n')}),
    author: {name, email: `${name}@${home.config.name}.mcos`},
    at: clock.now(),
    trailers: [
      ['Mcos-Agent', name],
      ['Mcos-Turn', report.turn],
      ['Mcos-Trigger', options.trigger],
      ['Mcos-Engine', engine],
      ['Mcos-Tokens', String(totalOf(report.tokens))],
      ['Mcos-Cost-USD', String(usage.costUsd)],
    ],
  }
}

function localWrites(facts: TurnFacts, {answered}: TurnPlan, report: AgentReport): ChangeSet['local'] {
  const {view, around, options, findings, planned} = facts
  const now = around.fleet.clock.now()
  const {tended, deferred} = findings
  const results = {now, planKey: view.planKey, planned, tended, answered: new Set(answered), deferred}
  const receipt = receiptOf({...report, commit: COMMIT_PLACEHOLDER}, {trigger: options.trigger, ended: now})
  return [
    {path: beatStatePath(view.agent.name), content: formatBeatState(nextState(facts.state, results))},
    {path: receiptPath(now), appendLine: formatReceipt(receipt)},
  ]
}

function tokensOf({input, output, cacheRead, cacheWrite}: Usage): Tokens {
  return {input, output, cache_read: cacheRead, cache_write: cacheWrite}
}

/** All tokens count: input, cached, output. */
function totalOf({input, output, cache_read, cache_write}: Tokens): number {
  return input + output + cache_read + cache_write
}
