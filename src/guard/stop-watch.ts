import type {Folder} from '../kit/folder.js'
import {readStop} from './stop.js'

/** How often a stop is looked for while something runs: what is then ended has the rest of two seconds to tidy up. */
const LOOK_MS = 250

/** Looks out for a stop as long as something runs that nobody else could end. */
export interface StopWatch {
  /** Fires with the outer signal, or as soon as a stop is seen. */
  readonly signal: AbortSignal
  close(): void
}

/** Whoever waits for a program, a model or a server waits under this; to be closed when the waiting is over. */
export function watchStop(mcos: Folder, agent: string | null, outer: AbortSignal): StopWatch {
  const stopped = new AbortController()
  const timer = setInterval(() => {
    if (readStop(mcos, agent) === null) return
    clearInterval(timer)
    stopped.abort()
  }, LOOK_MS)
  timer.unref()
  return {signal: AbortSignal.any([outer, stopped.signal]), close: () => clearInterval(timer)}
}
