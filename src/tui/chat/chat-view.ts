import type {Draft} from './edit-line.js'

/** What is over and scrolls away with the terminal. */
export interface Entry {
  readonly kind: 'said' | 'answer' | 'note' | 'shown' | 'trouble'
  readonly text: string
}

/** Where the talk stands, for the line at the bottom. */
export interface Standing {
  readonly agent: string
  /** The engine that was asked last; null: none was. */
  readonly engine: string | null
  /** The part of its window that the last request took, 0 to 1; null: nothing was sent. */
  readonly used: number | null
  /** The part at which WORKSTATE.md is kept and the context begun anew. */
  readonly flushAt: number
  readonly costUsd: number
}

/** All that the screen of a conversation shows. */
export interface ChatView {
  readonly person: string
  readonly entries: readonly Entry[]
  /** The line of the answer that has not come to its end. */
  readonly live: string
  /** What is under way for over a second. */
  readonly progress: string | null
  /** Typed while an answer came, and not said yet. */
  readonly queue: readonly string[]
  readonly draft: Draft
  /** Words that what is typed may become, when that was asked for. */
  readonly words: readonly {readonly word: string; readonly does: string}[]
  readonly isAnswering: boolean
  readonly standing: Standing
  readonly columns: number
  readonly rows: number
}
