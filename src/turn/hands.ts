import type {TurnFacts} from '../guard/action.js'
import type {OfferedTools} from './offered-tools.js'
import type {ToolContext} from './tool.js'
import type {Work} from './work.js'

/** What a model can act with in one turn: its tools, and a copy of the agent's folder for programs. */
export interface Hands extends OfferedTools {
  contextFor(work: Work, facts: TurnFacts): ToolContext
  /** Where an engine that is a program may work. */
  workFolder(work: Work): Promise<string>
  /** Takes over what such a program has changed, as far as the contract lets it. */
  collectOwnWork(work: Work, facts: TurnFacts): Promise<void>
}
