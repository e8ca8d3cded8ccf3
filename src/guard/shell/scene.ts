import type {ActionLog} from './action-log.js'
import type {Dialect} from './cursor.js'

/** What stays the same through a whole reading. */
export interface Scene {
  readonly log: ActionLog
  readonly start: string
  readonly dialect: Dialect
  readonly depth: number
  /** What comes in through a pipe or from around; undefined: nothing was said of it, null: something unknown. */
  readonly input: string | null | undefined
}
