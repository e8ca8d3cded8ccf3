import type {Engine, Step} from '../../engines/engine.js'
import type {TurnFacts} from '../../guard/action.js'
import type {TurnListener} from '../../turn/events.js'
import type {Ceilings} from '../../turn/turn-input.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Soul} from '../../workspace/soul.js'
import {openRoute, type TaskKind} from '../engines/open-route.js'

/** Where a turn by a person's hand takes place: the fleet, the agent, and who watches. */
export interface Seat {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  /** Fires when the person or the system ends it. */
  readonly signal: AbortSignal
  /** Told what happens while it happens. */
  readonly listen: TurnListener
  /** Something to know before it begins, such as that another process has to finish first. */
  notice(text: string): void
  /** The engines that are asked, in their order. */
  route(user: {readonly name: string; readonly soul: Soul | null}, kind?: TaskKind): Promise<readonly Engine[]>
  /** How long another process that works on this agent is waited for. */
  readonly patienceMs: number
}

/** What a person wants done in one turn. */
export interface Task {
  readonly trigger: 'run' | 'chat'
  readonly request: string
  /** The person. */
  readonly by: string
  /** With whom it is a conversation, whose state has a file of its own; null: the agent's own work. */
  readonly with: string | null
  readonly kind?: TaskKind
  readonly ceilings: Ceilings
  /** The conversation so far. */
  readonly steps: readonly Step[]
  /** What that conversation has heard and done; absent: it begins. */
  readonly facts?: TurnFacts
  readonly againInMs: number | null
}

/** What a command hands in besides the fleet. */
export interface Watch {
  readonly signal: AbortSignal
  readonly listen?: TurnListener
  readonly notice?: (text: string) => void
}

const PATIENCE_MS = 30_000

/** The seat of a command: it asks the agent's own route. */
export function takeSeat(fleet: Fleet, agent: AgentEntry, {signal, listen, notice}: Watch): Seat {
  return {
    fleet,
    agent,
    signal,
    listen: listen ?? (() => undefined),
    notice: notice ?? (() => undefined),
    route: (user, kind) => openRoute(fleet, user, kind),
    patienceMs: PATIENCE_MS,
  }
}
