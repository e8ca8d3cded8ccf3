import type {RunReport} from '../app/run/report.js'
import type {TurnListener} from '../turn/events.js'
import type {LiveStream} from './live/progress-line.js'

/** Where a turn goes: an answer to stdout, all that happens around it to stderr. */
export interface TurnOutput {
  readonly listen: TurnListener
  /** Also before a turn begins. */
  notice(text: string): void
  /** When it is over. */
  close(report: RunReport, closing?: Closing): void
  /** When it broke: nothing of the progress stays. */
  abandon(): void
}

export interface Closing {
  /** Stands above the closing lines. */
  readonly more?: string
  /** One line instead of three: in a conversation the next one follows. */
  readonly isBrief?: boolean
}

export interface Streams {
  readonly out: LiveStream
  readonly err: LiveStream
}
