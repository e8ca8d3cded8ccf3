/** One thing that was said or done in a context. */
export interface Heard {
  readonly kind: 'person' | 'agent' | 'call' | 'result' | 'message' | 'note'
  /** The person, tool or sender. */
  readonly name: string
  readonly text: string
  /** ISO time. */
  readonly at: string
}

/** What code knows of a turn without having to read a word of it. */
export interface KnownWork {
  readonly turn: string
  /** ISO time. */
  readonly at: string
  readonly engine: string | null
  readonly window: number | null
  readonly contextUsed: number | null
  readonly files: readonly string[]
  readonly messages: readonly string[]
  readonly waiting: readonly string[]
}

/** Whose word a statement is: only a person's binds, and what comes from outside informs at most. */
export type Origin = 'person' | 'agent' | 'outside'

export interface Limits {
  readonly tokens: number
}
