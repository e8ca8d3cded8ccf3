import type {Question} from '../engines/engine.js'
import {type AgentView, readAgentView} from '../heartbeat/agent-view.js'
import {NEW_BEAT_STATE} from '../heartbeat/beat-state.js'
import {readCommittedSouls} from '../heartbeat/committed-souls.js'
import {planDue} from '../heartbeat/plan-due.js'
import {readBeatState} from '../heartbeat/state-store.js'
import {assembleContext, type ContextPart} from '../turn/context.js'
import {findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {firstEngine} from './first-engine.js'

/** What the first engine of an agent's route would be sent; the keys are a promise to programs. */
export interface ContextReport {
  readonly agent: string
  readonly engine: string
  /** Tokens that fit the engine's window; null where it has none, or none is known. */
  readonly window: number | null
  readonly tokens: number
  /** The share of the window at which WORKSTATE.md is flushed. */
  readonly flush_at: number
  readonly parts: readonly Omit<ContextPart, 'text'>[]
  readonly text: string
}

/** For a heartbeat, the judgement that is due now stands last; for a piece of work, its text. */
export async function contextOf(fleet: Fleet, typed: string, purpose: string): Promise<ContextReport> {
  const agent = findAgent(fleet.home, typed)
  const {config} = fleet.home
  const view = await readAgentView(fleet, agent, readCommittedSouls(fleet, [agent]))
  const isBeat = purpose === 'heartbeat'
  const questions = isBeat ? await dueQuestions(fleet, view) : []
  const context = await assembleContext(fleet, agent, {
    occasion: {
      news: [],
      questions,
      heartbeat: isBeat ? view.heartbeat : null,
      request: isBeat ? null : purpose,
      with: null,
    },
    tools: [],
  })
  const engine = firstEngine(config, view.soul)
  return {
    agent: agent.name,
    engine: engine.name,
    window: engine.window,
    tokens: context.tokens,
    flush_at: config.context.flushAt,
    parts: context.parts.map(({text: _, ...part}) => part),
    text: context.text,
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
