import type {Engine} from '../engines/engine.js'
import type {Lock} from '../kit/lock.js'
import type {AgentView} from './agent-view.js'
import type {BeatState} from './beat-state.js'
import type {Findings} from './find-news.js'
import type {PlannedCheck} from './plan-due.js'
import type {AgentReport} from './report.js'
import type {Surroundings} from './surroundings.js'

export interface TurnFacts {
  readonly view: AgentView
  readonly around: Surroundings
  /** The agent's route. */
  readonly engines: readonly Engine[]
  readonly options: {readonly trigger: string; readonly isForced: boolean}
  readonly lock: Lock
  readonly blank: AgentReport
  readonly state: BeatState
  readonly planned: readonly PlannedCheck[]
  readonly findings: Findings
}
