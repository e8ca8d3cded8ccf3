import type {SecretRef} from '../workspace/secret-ref.js'

/** A fact that code has seen, on its way straight to a person. */
export interface Page {
  /** Equal for the same fact, so that a receiver can tell a repetition from another page. */
  readonly key: string
  readonly fleet: string
  readonly agent: string
  readonly title: string
  readonly text: string
  /** ISO time of the fact, not of the sending. */
  readonly at: string
}

/** What became of a page; `unknown`: it was handed over, and nobody saw how that ended. */
export interface Delivery {
  readonly outcome: 'sent' | 'failed' | 'unknown'
  readonly detail: string
}

export interface SendOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where a channel's program runs: the home. */
  readonly cwd: string
  readonly signal: AbortSignal
  /** Turns a channel's references into their values; what it throws becomes the delivery's detail. */
  secret(ref: SecretRef): string | Promise<string>
  /** For one attempt; default 10 s, for a program 30 s. */
  readonly timeoutMs?: number
  /** Between the two attempts over the network; default 1 s. */
  readonly retryAfterMs?: number
  /** Two paths: a channel's program renames the first to the second itself, just before it begins. */
  readonly marker?: {readonly pending: string; readonly started: string}
  /** Asked just before the first byte of a message leaves; false: another process is sending it. */
  begin?(): boolean
}
