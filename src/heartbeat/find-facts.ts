import type {Engine} from '../engines/engine.js'
import type {Lock} from '../kit/lock.js'
import type {AgentView} from './agent-view.js'
import type {BeatState} from './beat-state.js'
import type {PlannedCheck} from './plan-due.js'
import type {Surroundings} from './surroundings.js'

export interface FindFacts {
  readonly view: AgentView
  readonly state: BeatState | null
  readonly planned: readonly PlannedCheck[]
  readonly around: Surroundings
  readonly lock: Lock
  /** The agent's route. */
  readonly engines: readonly Engine[]
  readonly trigger: string
}
