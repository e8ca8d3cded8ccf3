import type {Question} from '../engines/engine.js'
import type {NewsItem} from '../engines/news.js'
import type {HeartbeatFile} from '../schedule/check.js'

/** What a turn is about. */
export interface Occasion {
  readonly news: readonly NewsItem[]
  readonly questions: readonly Question[]
  /** What HEARTBEAT.md says besides its checks: rules, notes, boards; null outside a heartbeat. */
  readonly heartbeat: Pick<HeartbeatFile, 'preamble' | 'checks'> | null
  /** What a person asks for, outside a heartbeat. */
  readonly request: string | null
  /** Who asks: a standing instruction is theirs, and theirs to lift. */
  readonly by?: string
  /** With whom this is a conversation, whose state has a file of its own; null: the agent's own work. */
  readonly with: string | null
}
