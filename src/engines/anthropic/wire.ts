/** How long a marked block is kept; without `ttl` it is five minutes. */
export interface Mark {
  readonly type: 'ephemeral'
  readonly ttl?: '1h'
}

export interface TextBlock {
  readonly type: 'text'
  readonly text: string
  cache_control?: Mark
}

export interface ToolBlock {
  readonly name: string
  readonly description: string
  readonly input_schema: Readonly<Record<string, unknown>>
  cache_control?: Mark
}

/** A block of a message; those of the model's own are sent back as they came. */
export type ContentBlock = Readonly<Record<string, unknown>> & {readonly type: string; cache_control?: Mark}

export interface MessageBlock {
  readonly role: 'user' | 'assistant'
  readonly content: ContentBlock[]
}

/** What both the Messages and the count endpoint read, in the order in which it is cached. */
export interface WirePrompt {
  readonly model: string
  readonly tools?: readonly ToolBlock[]
  readonly system?: readonly TextBlock[]
  readonly messages: readonly MessageBlock[]
}

export interface WireRequest extends WirePrompt {
  readonly max_tokens: number
}
