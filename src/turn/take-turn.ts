import type {InboxMessage, InboxView} from '../bus/inbox.js'
import {planQuarantine, planRead} from '../bus/shelve.js'
import {type Engine, type EngineRequest, NO_USAGE, type Question, type Reply, type Usage} from '../engines/engine.js'
import type {MessageNews, NewsItem} from '../engines/news.js'
import type {AgentEntry} from '../workspace/agents.js'
import {type Change, pathsOf} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract} from '../workspace/soul.js'
import {act, changesOf, linesOf, type Outcome} from './act.js'
import {newsLines} from './news-lines.js'
import {hasNothingToReport} from './nothing-to-report.js'
import {nameMessage} from './tools/shelve-message.js'

export interface TurnInput {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly contract: Contract
  readonly reportsTo: string | null
  readonly turn: string
  readonly news: readonly NewsItem[]
  readonly questions: readonly Question[]
  readonly inbox: InboxView
  /** The route: asked in this order until one answers; the last one is `rules`, which always does. */
  readonly engines: readonly Engine[]
  readonly signal: AbortSignal
  /** The context, for engines that read text. */
  prompt(): Promise<string>
}

/** Everything a turn wants to change, and what it says of itself; nothing has been done yet. */
export interface TurnPlan {
  readonly changes: readonly Change[]
  readonly lines: readonly string[]
  readonly engine: string
  readonly usage: Usage
  readonly answered: readonly string[]
  readonly messages: readonly string[]
}

/** Asks the route once, batched, and plans what the answer asks for. */
export async function takeTurn(input: TurnInput): Promise<TurnPlan> {
  const {engine, reply, usage, passed} = await askRoute(input)
  const calls = reply.kind === 'answer' ? reply.calls : []
  const outcomes = act(calls, input.contract, input)
  const leftovers = planLeftovers(input, changesOf(outcomes))
  return {
    changes: [...changesOf(outcomes), ...leftovers.changes],
    lines: [...newsLines(input.news), ...passed, ...linesOf(outcomes), ...answerLines(reply), ...leftovers.lines],
    engine,
    usage,
    answered: reply.kind === 'answer' ? reply.answered : [],
    messages: messagesOf(outcomes),
  }
}

interface Asked {
  readonly engine: string
  readonly reply: Reply
  /** Of all engines that were asked: one that gave no answer may have cost something, too. */
  readonly usage: Usage
  /** One line for each engine that gave no answer. */
  readonly passed: readonly string[]
}

async function askRoute(input: TurnInput): Promise<Asked> {
  const request = requestOf(input)
  const passed: string[] = []
  let usage = NO_USAGE
  for (const engine of input.engines) {
    const reply = await engine.reply(request, input.signal)
    usage = addUsage(usage, reply.usage)
    if (reply.kind === 'answer' || engine === input.engines.at(-1)) return {engine: engine.name, reply, usage, passed}
    passed.push(`${engine.name} gave no answer (${reply.reason}): ${reply.detail}`)
  }
  throw new Error('a route has at least one engine')
}

function addUsage(one: Usage, other: Usage): Usage {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    costUsd: one.costUsd + other.costUsd,
    modelCalls: one.modelCalls + other.modelCalls,
  }
}

function requestOf({agent, turn, reportsTo, news, questions, prompt}: TurnInput): EngineRequest {
  return {agent: agent.name, turn, reportsTo, news, questions, prompt}
}

function answerLines(reply: Reply): string[] {
  if (reply.kind === 'stopped') return [`no answer (${reply.reason}): ${reply.detail}`]
  return reply.text.trim() === '' || hasNothingToReport(reply.text) ? [] : reply.text.trim().split('\n')
}

function messagesOf(outcomes: readonly Outcome[]): string[] {
  return [...new Set(outcomes.flatMap(({plan}) => plan?.messages ?? []))]
}

/**
 * What the engine was told of and didn't touch is read all the same, and a forgery put aside: the next beat doesn't
 * start over with it.
 */
function planLeftovers(
  {fleet, agent, inbox, news}: TurnInput,
  planned: readonly Change[],
): {changes: Change[]; lines: string[]} {
  const touched = new Set(planned.flatMap(pathsOf))
  const told = new Set(
    news.filter((item): item is MessageNews => item.kind === 'message').map(({message}) => message.id),
  )
  const isLeft = ({id, box, path}: InboxMessage) => box === 'new' && told.has(id) && !touched.has(path)
  const read = inbox.messages.filter(isLeft)
  const forged = inbox.forged.filter(isLeft)
  return {
    changes: [...read.flatMap((found) => planRead(agent, found)), ...planQuarantine(fleet.home.files, agent, forged)],
    lines: [
      ...read.map((found) => `message ${nameMessage(found)}`),
      ...forged.map((found) => `quarantined message ${nameMessage(found)} (${found.reason ?? 'not verified'})`),
    ],
  }
}
