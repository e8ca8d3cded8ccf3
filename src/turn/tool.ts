import type {InboxView} from '../bus/inbox.js'
import type {Law, TurnFacts} from '../guard/action.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract} from '../workspace/soul.js'
import {BadCall} from './bad-call.js'
import type {Draft} from './draft.js'

/** Whose hand moves, and what it may know. */
export interface ToolContext {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly contract: Contract
  /** All that decides what the agent may do: that contract, and what holds for everybody. */
  readonly law: Law
  readonly turn: string
  /** With whom this is a conversation; null: the agent's own work. */
  readonly with: string | null
  readonly inbox: InboxView
  /** The home as it will be once the turn is committed; what is planned is laid over it, nothing is written. */
  readonly draft: Draft
  readonly signal: AbortSignal
  /** What has come in and gone out in this turn so far. */
  readonly facts: TurnFacts
  /** For what is asked outside, so that a repetition is known as one; absent: the call is made by a model, as it comes. */
  readonly idempotencyKey?: string
  /** What a person has said yes to for this very call; absent: nobody was asked. */
  readonly approvedTarget?: string
}

/** What one call came to: files it wants changed, and what the engine is told. */
export interface ToolOutcome {
  /** What the engine reads. */
  readonly text: string
  readonly changes: readonly Change[]
  /** What the day's log keeps of it; null: nothing. */
  readonly line: string | null
  /** Ids of the messages it sends or moves. */
  readonly messages: readonly string[]
  /** From where text of the outside has come in, such as a web page; absent: nothing has. */
  readonly taint?: string
  /** Whether it waits for a person now; absent: it doesn't. */
  readonly asks?: boolean
  /** What secret it has brought before the model, by name; absent: none. */
  readonly secret?: string
  /** What it has reached outside of the fleet beyond its own target, as a program with a network does; absent: nothing. */
  readonly outside?: readonly string[]
  /** What the receipt says of it, such as whether a program ran in a sandbox. */
  readonly note?: string
}

type Input = Readonly<Record<string, unknown>>

/**
 * One thing an engine may ask for. Files are changed by plan, all of them in the turn's one commit; what acts on the
 * outside acts at once, and says so in the log.
 */
export interface Tool {
  /** Of a-z, 0-9 and "_". */
  readonly name: string
  /** What a model is told of it; every token of this is paid for at every beat. */
  readonly description: string
  /** The properties of its arguments, as JSON Schema; those without "?" at the end are required. */
  readonly takes: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Only for the rules, or only where a setting asks for it: then a model is not told of it. */
  isOffered?(context: Pick<ToolContext, 'fleet' | 'agent' | 'contract' | 'law'>): boolean | Promise<boolean>
  /** The contract's word that must allow it; null for keeping order in the agent's own inbox and log. */
  verbOf(input: Input): string | null
  /** What it would be done to, for the guard and for people. */
  targetOf(input: Input, context: ToolContext): string
  /** What would be said or written, where the arguments alone tell it. */
  contentOf?(input: Input): string
  /** What has to be found out before the guard is asked, such as whether this machine's clock is right. */
  learn?(input: Input, context: ToolContext): Promise<Partial<TurnFacts>>
  perform(input: Input, context: ToolContext): ToolOutcome | Promise<ToolOutcome>
}

export function textOf(input: Input, key: string): string {
  const value = input[key]
  if (typeof value === 'string' && value !== '') return value
  throw new BadCall(`"${key}" has to be a text that is not empty`)
}

/** A text that may be left out. */
export function optionalTextOf(input: Input, key: string): string | null {
  return input[key] === undefined || input[key] === null || input[key] === '' ? null : textOf(input, key)
}
