import type {Usage} from '../engines/engine.js'
import type {ChangeSet} from '../history/change-set.js'
import {COMMIT_PLACEHOLDER} from '../history/change-set.js'
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
  if (plan.lines.length === 0 && plan.changes.length === 0) return null
  const report = reportTurn(facts, plan)
  return {changeSet: await changeSetOf(facts, plan, report), lock: facts.lock, report}
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
    reason: shorten(plan.lines.join('; '), 200),
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
  const {view, around, options, findings, planned} = facts
  const {fleet} = around
  const now = fleet.clock.now()
  const {date, time} = await localTime(fleet, now)
  const {name} = view.agent
  const entry = formatLogEntry({time, trigger: options.trigger, turn: report.turn, lines: plan.lines})
  const log: Change = {
    kind: 'append',
    path: agentPaths(view.agent).log(date),
    text: `\n${entry}`,
    header: `# ${date}\n`,
  }
  const results = {
    now,
    planKey: view.planKey,
    planned,
    tended: findings.tended,
    answered: new Set(plan.answered),
    deferred: findings.deferred,
  }
  const told = `${name}: ${plan.lines[0] ?? options.trigger}`
  const subject = shorten(cleanLine(told), 100)
  const receipt = receiptOf({...report, commit: COMMIT_PLACEHOLDER}, {trigger: options.trigger, ended: now})
  return {
    id: report.turn,
    changes: [...plan.changes, log],
    commit: {
      subject,
      // What an undo can't take back is read from here, so that a line too long for the subject stands whole below it.
      ...(plan.lines.length > 1 || subject !== told ? {body: plan.lines.map((line) => `- ${line}`).join('\n')} : {}),
      author: {name, email: `${name}@${fleet.home.config.name}.mcos`},
      at: now,
      trailers: [
        ['Mcos-Agent', name],
        ['Mcos-Turn', report.turn],
        ['Mcos-Trigger', options.trigger],
        ['Mcos-Engine', plan.engine],
        ['Mcos-Tokens', String(totalOf(report.tokens))],
        ['Mcos-Cost-USD', String(plan.usage.costUsd)],
      ],
    },
    local: [
      {path: beatStatePath(name), content: formatBeatState(nextState(facts.state, results))},
      {path: receiptPath(now), appendLine: formatReceipt(receipt)},
    ],
  }
}

function tokensOf({input, output, cacheRead, cacheWrite}: Usage): Tokens {
  return {input, output, cache_read: cacheRead, cache_write: cacheWrite}
}

/** All tokens count: input, cached, output. */
function totalOf({input, output, cache_read, cache_write}: Tokens): number {
  return input + output + cache_read + cache_write
}
