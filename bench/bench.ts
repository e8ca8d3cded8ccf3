import type {Stopwatch} from './stopwatch.js'

/** One line of the table: what was measured, and what it has to reach. */
export interface Figure {
  readonly what: string
  readonly value: number
  /** "×" for a ratio against a baseline of the same run. */
  readonly unit: string
  /** The most it may be; null for what is only told. */
  readonly atMost: number | null
  /** What it was measured against, or how. */
  readonly note: string
  /** A count that no slow machine excuses: one that misses fails the run. */
  readonly isExact?: boolean
}

export interface BenchReport {
  readonly figures: readonly Figure[]
  /** Raw medians and samples, for the JSON line. */
  readonly raw: Readonly<Record<string, unknown>>
  /** What could not be measured, and why. */
  readonly missing: readonly string[]
}

export interface BenchOptions {
  /** A tenth of the work: for seeing that it works, not for publishing. */
  readonly isShort: boolean
  readonly stopwatch: Stopwatch
  /** Says what is going on; goes to stderr. */
  readonly say: (text: string) => void
}

export interface Bench {
  readonly what: string
  run(options: BenchOptions): Promise<BenchReport>
}

/** Whether a figure reaches what it has to. */
export function isReached({value, atMost}: Figure): boolean {
  return atMost === null || value <= atMost
}
