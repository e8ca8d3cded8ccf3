import type {Prices, Question} from '../engines/engine.js'
import {exactCostOf} from '../engines/worst-case.js'
import {type AgentView, readAgentView} from '../heartbeat/agent-view.js'
import {NEW_BEAT_STATE} from '../heartbeat/beat-state.js'
import {readCommittedLaw} from '../heartbeat/committed-law.js'
import {planDue} from '../heartbeat/plan-due.js'
import {readBeatState} from '../heartbeat/state-store.js'
import {assembleContext, type ContextPart, insistOnFit} from '../turn/context.js'
import {openTools} from '../turn/offered-tools.js'
import {findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {firstEngine} from './engines/first-engine.js'

/** What the first engine of an agent's route would be sent; the keys are a promise to programs. */
export interface ContextReport {
  readonly agent: string
  readonly engine: string
  /** Tokens that fit the engine's window, the answer included; null where it has none. */
  readonly window: number | null
  readonly tokens: number
  /** The share of the window at which WORKSTATE.md is flushed. */
  readonly flush_at: number
  readonly parts: readonly Omit<ContextPart, 'text'>[]
  readonly text: string
  /** Tokens of the parts that are the same at every beat. */
  readonly cached_tokens: number
  /** US dollars to send it, first with nothing in the provider's cache, then with the stable parts read from it; null: no price is known. */
  readonly cost_usd: {readonly fresh: number; readonly cached: number} | null
  /** Whether the engine is a program that adds words of its own. */
  readonly adds_own: boolean
}

/** For a heartbeat, the judgement that is due now stands last; for a piece of work, its text; for a conversation, its own state. */
export async function contextOf(
  fleet: Fleet,
  typed: string,
  {purpose, person = null}: {readonly purpose: string; readonly person?: string | null},
): Promise<ContextReport> {
  const agent = findAgent(fleet.home, typed)
  const {config} = fleet.home
  const view = await readAgentView(fleet, agent, readCommittedLaw(fleet, [agent]))
  const isBeat = purpose === 'heartbeat'
  const questions = isBeat ? await dueQuestions(fleet, view) : []
  const {contract} = view
  const offered = await openTools({fleet, agent, contract, law: await view.law()})
  const context = await assembleContext(fleet, agent, {
    occasion: {
      news: [],
      questions,
      heartbeat: isBeat ? view.heartbeat : null,
      request: isBeat ? null : purpose,
      with: person,
    },
    tools: offered.specs,
  })
  const engine = firstEngine(config, view.soul)
  const window = engine.model?.window ?? null
  if (window !== null) insistOnFit(context, {name: engine.name, window})
  const cached = context.parts.reduce((sum, part) => sum + (part.cached ? part.tokens : 0), 0)
  return {
    agent: agent.name,
    engine: engine.name,
    window,
    tokens: context.tokens,
    flush_at: config.context.flushAt,
    parts: context.parts.map(({text: _, ...part}) => part),
    text: context.text,
    cached_tokens: cached,
    cost_usd: costOf({tokens: context.tokens, cached}, engine.model?.prices),
    adds_own: config.engines[engine.name]?.kind === 'command',
  }
}

const NOTHING = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0}

function costOf(
  {tokens, cached}: {readonly tokens: number; readonly cached: number},
  prices: Prices | null | undefined,
): ContextReport['cost_usd'] {
  if (!prices) return null
  return {
    fresh: exactCostOf({...NOTHING, input: tokens}, prices),
    cached: exactCostOf({...NOTHING, input: tokens - cached, cacheRead: cached}, prices),
  }
}

async function dueQuestions(fleet: Fleet, view: AgentView): Promise<Question[]> {
  const state = readBeatState(fleet, view.agent.name) ?? NEW_BEAT_STATE
  const facts = {now: fleet.clock.now(), zone: fleet.home.config.timezone, isForced: false, planKey: view.planKey}
  const planned = await planDue(view.heartbeat.checks, state, facts)
  return planned
    .filter(({check, due}) => due && check.probes.length === 0)
    .map(({check}) => ({check: check.id, title: check.title, prose: check.prose}))
}
