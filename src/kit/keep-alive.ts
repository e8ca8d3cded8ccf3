import {isUserError} from './errors.js'
import type {Lock} from './lock.js'

/** A quarter of the shortest lease that long work has. */
const EVERY_MS = 15_000

/** Renews a lock while something long is waited for, until the returned function is called; one that is lost meanwhile is found lost by the next write under it. */
export function keepAlive(lock: Lock): () => void {
  const renew = (): void => {
    try {
      if (lock.isHeld()) lock.renew()
    } catch (error) {
      if (!isUserError(error)) throw error
    }
  }
  const renewal = setInterval(renew, EVERY_MS).unref()
  return () => clearInterval(renewal)
}
