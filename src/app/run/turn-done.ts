import type {Step} from '../../engines/engine.js'
import type {TurnFacts} from '../../guard/action.js'
import type {RunReport} from './report.js'

/** One turn by hand as it ended, and what a conversation goes on with. */
export interface TurnDone {
  readonly report: RunReport
  readonly steps: readonly Step[]
  /** What it has heard and done, for a next turn of the same conversation. */
  readonly facts: TurnFacts
  /** What it changed in the home, from it. */
  readonly changed: readonly string[]
  /** Whether the agent has marked its goal as done. */
  readonly isGoalDone: boolean
}
