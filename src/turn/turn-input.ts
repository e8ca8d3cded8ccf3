import type {InboxView} from '../bus/inbox.js'
import type {Engine, Question, Step, Usage} from '../engines/engine.js'
import type {NewsItem} from '../engines/news.js'
import type {Law, TurnFacts} from '../guard/action.js'
import type {HeartbeatFile} from '../schedule/check.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract, Soul} from '../workspace/soul.js'
import type {TurnEnd, TurnListener} from './events.js'
import type {Hands} from './hands.js'

/** What a turn is about. */
export interface Occasion {
  readonly news: readonly NewsItem[]
  readonly questions: readonly Question[]
  /** What HEARTBEAT.md says besides its checks: rules, notes, boards; null outside a heartbeat. */
  readonly heartbeat: Pick<HeartbeatFile, 'preamble' | 'checks'> | null
  /** What a person asks for, outside a heartbeat. */
  readonly request: string | null
  /** Who asks: a standing instruction is theirs, and theirs to lift. */
  readonly by?: string
  /** With whom this is a conversation, whose state has a file of its own; null: the agent's own work. */
  readonly with: string | null
}

/** Where a turn ends whatever the model wants. */
export interface Ceilings {
  readonly toolCalls: number
  readonly modelCalls: number
  readonly tokens: number
  readonly ms: number
  /** The same call with the same arguments, this often, ends the turn. */
  readonly sameCall: number
}

export const CEILINGS: Ceilings = {
  toolCalls: 40,
  modelCalls: 60,
  tokens: 2_000_000,
  ms: 15 * 60_000,
  sameCall: 3,
}

export interface TurnInput {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly contract: Contract
  /** All that decides what the agent may do: that contract, and what holds for everybody. */
  readonly law: Law
  /** Its own budget and to whom it reports; null where SOUL.md says nothing. */
  readonly soul: Pick<Soul, 'reportsTo' | 'budget' | 'keys'> | null
  readonly turn: string
  readonly trigger: string
  readonly occasion: Occasion
  readonly inbox: InboxView
  /** The route: asked in this order until one answers; the last one is `rules`, which always does. */
  readonly engines: readonly Engine[]
  readonly signal: AbortSignal
  readonly ceilings: Ceilings
  /** Milliseconds until this agent is likely asked again; decides whether its prefix is worth keeping. null: nobody knows. */
  readonly againInMs: number | null
  /** A conversation that goes on: the steps of the turn before, with the prompt that is new behind them. */
  readonly steps: readonly Step[]
  readonly listen: TurnListener
  /** Commits what a full context has come to, and names the turn in which the work goes on. */
  commitPart(plan: TurnPlan): Promise<{readonly commit: string | null; readonly next: string}>
  /** What a conversation that goes on here has heard and done; absent: it begins. */
  readonly facts?: TurnFacts
  /** Waits that long, or until the turn or what is `until` is ended. */
  sleep(ms: number, until?: AbortSignal): Promise<void>
  /** Other hands than the real ones: a replay's answer from the record what acts outside. */
  openHands?(input: TurnInput): Promise<Hands>
}

/** Everything a turn wants to change, and what it says of itself; nothing has been done yet. */
export interface TurnPlan {
  readonly turn: string
  readonly changes: readonly Change[]
  readonly lines: readonly string[]
  readonly engine: string
  readonly usage: Usage
  /** Of an earlier part too, when the context was full in between. */
  readonly answered: readonly string[]
  readonly messages: readonly string[]
  readonly end: TurnEnd
  /** What the model said last; what `run` and `chat` show. */
  readonly text: string
  /** What the receipt adds: what could not be bounded, an odd usage, an estimate that was far off. */
  readonly notes: readonly string[]
  /** Engines that gave no answer, one line each. */
  readonly passed: readonly string[]
  /** Engines put aside just now, for a page. */
  readonly putAside: readonly AsideNote[]
  /** What ended it that a person can put right; then nothing of it is done. */
  readonly failure: {readonly code: string; readonly message: string; readonly suggestions: readonly string[]} | null
  /** The conversation, for a next turn of it. */
  readonly steps: readonly Step[]
  /** What had come in and gone out by its end. */
  readonly facts: TurnFacts
}

export interface AsideNote {
  readonly engine: string
  readonly identity: string
  readonly reason: string
  readonly detail: string
}
