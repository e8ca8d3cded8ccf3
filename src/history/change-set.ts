import type {UserError} from '../kit/errors.js'
import type {Change} from '../workspace/change.js'

/** Everything one turn, or one command of a person, wants to leave behind: applied whole or not at all. */
export interface ChangeSet {
  /** The turn's id; it also stands in the commit's `Mcos-Turn` trailer, by which a redo recognises it. */
  readonly id: string
  readonly changes: readonly Change[]
  /** null: the files are changed and nothing is committed. */
  readonly commit: CommitMeta | null
  /** Written last, when the commit is there. */
  readonly local: readonly LocalWrite[]
}

export interface CommitMeta {
  readonly subject: string
  readonly body?: string
  readonly author: Identity
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly trailers: readonly (readonly [key: string, value: string])[]
}

/** Who git says wrote a commit. */
export interface Identity {
  readonly name: string
  readonly email: string
}

/** One write to this machine's own `.mcos`; paths are relative to it. */
export type LocalWrite =
  | {readonly path: string; readonly content: string}
  | {
      readonly path: string
      /** One line, with or without its newline. */
      readonly appendLine: string
    }

/** In a local write, this as a whole JSON string becomes the commit's id, or null when there was nothing to commit. */
export const COMMIT_PLACEHOLDER = '%MCOS-COMMIT%'

/** The trailer by which a commit says which turn it is. */
export const TURN_TRAILER = 'Mcos-Turn'

/** The trailer of an undo, one for each turn it takes back. */
export const UNDOES_TRAILER = 'Mcos-Undoes'

export interface ChangeResult {
  readonly id: string
  /** null when it changed nothing that git keeps. */
  readonly commit: string | null
  /** What the branch stood at before this call's commits, which follow it without a gap; null when that isn't known. */
  readonly onto: string | null
  readonly refused: Refusal | null
}

/** Why nothing of a set was done: somebody else's work would have been lost, or the plan no longer fits the disk. */
export interface Refusal {
  readonly path: string
  readonly reason: string
  readonly code: string
  readonly fix: string
}

/** A set that a killed process had begun and this one has finished. */
export interface Recovered {
  readonly id: string
  readonly commit: string | null
  /** Why it was set aside instead; its content stays in `.mcos/journal/set-aside/`. */
  readonly error: UserError | null
}
