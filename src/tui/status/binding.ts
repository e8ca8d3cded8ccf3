import type {AgentStatus} from '../../app/status/agent-status.js'

/** What a key does. */
export type Act =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'close'
  | 'next-tab'
  | 'previous-tab'
  | 'log'
  | 'workstate'
  | 'turn'
  | 'messages'
  | 'beat'
  | 'yes'
  | 'no'
  | 'park'
  | 'wake'
  | 'stop'
  | 'resume'
  | 'stop-fleet'
  | 'filter'
  | 'help'
  | 'redraw'
  | 'suspend'
  | 'quit'

/** What decides whether a key applies. */
export interface KeyFacts {
  /** Whom the cursor is on. */
  readonly status: AgentStatus | null
  /** The same by name, also before anything of it is read. */
  readonly name: string | null
  readonly isOpen: boolean
  readonly isFleetStopped: boolean
  /** An agent runs this screen: it may look, and act by its own commands. */
  readonly isAgent: boolean
  readonly isBeating: boolean
  /** Not every agent is shown. */
  readonly isFiltered: boolean
}

export interface Binding {
  readonly act: Act
  readonly keys: readonly string[]
  /** The key as the screen names it. */
  readonly shown: string
  /** What it does, in a word or two. */
  readonly word: string
  /** The same in a line. */
  readonly help: string
  /** Lower ones stay longest at the bottom of a narrow screen; null: in the help only. */
  readonly rank: number | null
  /** What is asked before; null: nothing is. */
  readonly asks: string | null
  /** Why it has no effect where it doesn't apply; AGENT stands for a name. */
  readonly not: string
  applies(facts: KeyFacts): boolean
}
