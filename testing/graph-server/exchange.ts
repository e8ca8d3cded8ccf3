import type {DeltaDesk} from './delta.js'
import type {Holder} from './token-book.js'

/** One question, alone or as a part of a batch. */
export interface Ask {
  readonly method: string
  /** Below /v1.0, without its query. */
  readonly path: string
  readonly query: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  /** Where links have to point to. */
  readonly root: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, bytes as they are, or nothing. */
  readonly body?: object | Buffer
}

/** What the API of one user's mailbox knows, besides the mailbox itself. */
export interface Surroundings {
  readonly holder: Holder
  readonly delta: DeltaDesk
  /** Notes that something was sent, or would have been. */
  sent(path: string): void
}
