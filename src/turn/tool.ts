import type {InboxView} from '../bus/inbox.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'

/** Whose hand moves, and what it may know; plans are made from it, nothing is done yet. */
export interface ToolContext {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly inbox: InboxView
}

/** What a call would change, with the line the day's log keeps of it. */
export interface ToolPlan {
  readonly changes: readonly Change[]
  readonly line: string | null
  /** Ids of the messages it sends or moves. */
  readonly messages: readonly string[]
}

/** One thing an engine may ask for. It plans; the turn applies all plans at once, in one commit. */
export interface Tool {
  readonly name: string
  /** The contract's word that must allow it; null for keeping order in the agent's own inbox and log. */
  readonly verb: string | null
  /** What it would be done to, for the guard and for people. */
  targetOf(input: Readonly<Record<string, unknown>>): string
  plan(input: Readonly<Record<string, unknown>>, context: ToolContext): ToolPlan
}

/** A call whose arguments can't be what they should be: answered to the engine, not thrown at the person. */
export class BadCall extends Error {}

export function textOf(input: Readonly<Record<string, unknown>>, key: string): string {
  const value = input[key]
  if (typeof value === 'string' && value !== '') return value
  throw new BadCall(`"${key}" has to be a text that is not empty`)
}
