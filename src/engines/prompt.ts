/** One thing an engine wants done: a tool by name and its arguments as the engine gave them, not yet believed. */
export interface ToolCall {
  /** The engine's own name for this call; its result goes back under it. */
  readonly id: string
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
  /** Why the arguments can't be read; such a call is answered with this and never carried out. */
  readonly problem?: string
}

/** What became of a call, in words that the engine reads. */
export interface ToolResult {
  readonly id: string
  readonly tool: string
  readonly text: string
  readonly isError: boolean
}

/** A tool as a model is told of it. Names are of a-z, 0-9 and "_", as the narrowest provider wants them. */
export interface ToolSpec {
  readonly name: string
  readonly description: string
  /** JSON Schema of its arguments: an object. */
  readonly schema: Readonly<Record<string, unknown>>
}

/** One step of a conversation, in its order: what was put to the model, what it answered, what its calls came to. */
export type Step =
  | {readonly kind: 'prompt'; readonly text: string}
  | {
      readonly kind: 'answer'
      readonly text: string
      readonly calls: readonly ToolCall[]
      /** The engine whose answer it is, with the answer in that engine's own form; others read text and calls. */
      readonly native?: {readonly engine: string; readonly content: unknown}
      /** What that engine's program calls the conversation up to here. */
      readonly session?: {readonly engine: string; readonly id: string}
    }
  | {readonly kind: 'results'; readonly results: readonly ToolResult[]}

/** How long the provider should keep what it has read; null: not at all. */
export type Keep = '5m' | '1h' | null

/** What a model is sent, in the order in which providers cache it. */
export interface Prompt {
  readonly tools: readonly ToolSpec[]
  /** Who the agent is and what it knows: the same bytes from beat to beat. */
  readonly prefix: string
  /** WORKSTATE and the day, then what has come up, then the conversation. */
  readonly steps: readonly Step[]
  readonly maxOutput: number
  /** Where a mark for the cache pays: after the prefix, and after the last step. */
  readonly keep: {readonly prefix: Keep; readonly steps: Keep}
}
