import type {InboxView} from '../bus/inbox.js'
import type {Engine, Step} from '../engines/engine.js'
import type {Law, TurnFacts} from '../guard/action.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract, Soul} from '../workspace/soul.js'
import type {TurnListener} from './events.js'
import type {Hands} from './hands.js'
import type {Occasion} from './occasion.js'
import type {TurnPlan} from './turn-plan.js'

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
