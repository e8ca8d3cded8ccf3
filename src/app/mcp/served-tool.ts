import type {Tool} from '../../turn/tool.js'
import type {Desk} from './desk.js'

export type Input = Readonly<Record<string, unknown>>

/** What a client may believe of a tool without trying it. Hints, never policy: the guard asks nobody for them. */
export interface Hints {
  readonly readOnly: boolean
  /** Whether something could be lost by it; git has it all the same. */
  readonly destructive?: boolean
  /** Whether a second time with the same arguments changes nothing more. */
  readonly idempotent?: boolean
  /** Whether it reaches beyond the fleet. */
  readonly openWorld?: boolean
}

/** What a tool answers: the object of the command's `--json`, and the same in words where words say it better. */
export interface ToolAnswer {
  readonly value: object
  readonly text?: string
}

export interface Call {
  readonly desk: Desk
  readonly input: Input
  readonly signal: AbortSignal
  /** Who the client says it is; null: it hasn't. */
  readonly client: string | null
  progress(message: string): void
}

/** One tool of `mcos mcp`. A domain brings its own; those with an effect pass the door of a turn's tools. */
export interface ServedTool {
  /** Of a-z, 0-9 and "_". */
  readonly name: string
  readonly title: string
  readonly description: string
  /** As of a turn's tool: those without "?" at the end are required. */
  readonly takes: Tool['takes']
  readonly hints: Hints
  /** Only where the fleet has what it is about; absent: always. */
  isOffered?(desk: Desk): boolean
  call(call: Call): Promise<ToolAnswer>
}
