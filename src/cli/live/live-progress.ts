import {Underway} from '../../present/underway.js'
import type {ProgressLine} from './progress-line.js'

/** What is under way, shown on the progress line as soon as it lasts over a second. */
export interface LiveProgress {
  begin(key: string, words: string): void
  end(key: string): void
  /** Shows the present state at once. */
  refresh(): void
  /** The line is gone, and nothing is under way. */
  close(): void
}

const TICK_MS = 250

export interface ProgressOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number
  /** What stands in front of it. */
  readonly head?: () => string
}

/** Looks at the clock only while something is under way, and keeps no process alive. */
export function openLiveProgress(
  line: ProgressLine,
  {now = () => performance.now(), head = () => ''}: ProgressOptions = {},
): LiveProgress {
  const underway = new Underway()
  let timer: NodeJS.Timeout | null = null
  const refresh = (): void => {
    const told = underway.tell(now())
    line.show(told === null ? null : `${head()}${told}`)
  }
  return {
    begin(key, words) {
      underway.begin(key, words, now())
      timer ??= setInterval(refresh, TICK_MS).unref()
    },
    end(key) {
      underway.end(key)
    },
    refresh,
    close() {
      underway.clear()
      if (timer) clearInterval(timer)
      timer = null
      line.show(null)
    },
  }
}
