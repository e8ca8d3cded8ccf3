import type {Step, Usage} from '../engines/engine.js'
import type {TurnFacts} from '../guard/action.js'
import type {Change} from '../workspace/change.js'
import type {TurnEnd} from './events.js'

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
