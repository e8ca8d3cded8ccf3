import type {Usage} from '../engines/engine.js'
import {totalTokens} from '../engines/usage.js'
import {type ChangeSet, COMMIT_PLACEHOLDER, type CommitMeta} from '../history/change-set.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {formatLogEntry} from '../workspace/daily-log.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import {formatReceipt, receiptPath, type Tokens} from '../workspace/receipt.js'
import {receiptOf} from './receipts.js'
import type {AgentReport} from './report.js'

export interface RecordFacts {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly trigger: string
  /** As it will stand when the commit is there. */
  readonly report: AgentReport
  /** This machine's own writes besides the receipt. */
  readonly local: ChangeSet['local']
}

/** A turn's plan as one commit with its place in the day's log, and its receipt. */
export async function recordTurn(plan: TurnPlan, facts: RecordFacts): Promise<ChangeSet> {
  const {fleet, agent, trigger, report} = facts
  const now = fleet.clock.now()
  const receipt = receiptOf({...report, commit: COMMIT_PLACEHOLDER}, {trigger, ended: now, notes: notesOf(plan)})
  const local = [...facts.local, {path: receiptPath(now), appendLine: formatReceipt(receipt)}]
  if (isSilent(plan)) return {id: report.turn, changes: [], commit: null, local}
  const {date, time} = await localTime(fleet, now)
  const entry = formatLogEntry({time, trigger, turn: report.turn, lines: plan.lines})
  const log: Change = {
    kind: 'append',
    path: agentPaths(agent).log(date),
    text: `\n${entry}`,
    header: `# ${date}\n`,
  }
  return {id: report.turn, changes: [...plan.changes, log], commit: commitOf(plan, facts), local}
}

/** Nothing was done and nothing is to be told: what it cost and what it answered is remembered without a commit. */
export function isSilent({lines, changes}: TurnPlan): boolean {
  return lines.length === 0 && changes.length === 0
}

/** What each engine that was passed over said, and what was odd. */
function notesOf({passed, notes}: TurnPlan): readonly string[] {
  return [...passed, ...notes]
}

/** What a turn used, as receipts and reports have it. */
export function usageReport(usage: Usage): Pick<AgentReport, 'model_calls' | 'tokens' | 'cost_usd'> {
  return {model_calls: usage.modelCalls, tokens: tokensOf(usage), cost_usd: usage.costUsd}
}

function commitOf({lines, engine, usage}: TurnPlan, {fleet, agent, trigger, report}: RecordFacts): CommitMeta {
  const {clock, home} = fleet
  const {name} = agent
  const told = `${name}: ${lines[0] ?? trigger}`
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
      ['Mcos-Trigger', trigger],
      ['Mcos-Engine', engine],
      ['Mcos-Tokens', String(totalTokens(usage))],
      ['Mcos-Cost-USD', String(usage.costUsd)],
    ],
  }
}

function tokensOf({input, output, cacheRead, cacheWrite}: Usage): Tokens {
  return {input, output, cache_read: cacheRead, cache_write: cacheWrite}
}
