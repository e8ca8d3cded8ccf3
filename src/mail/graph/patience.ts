import {steadyMs} from '../../kit/clock.js'
import {pause} from '../../kit/pause.js'

/** More than so many at once, and Graph refuses the rest. */
export const AT_ONCE = 4
/** So long may a whole reading wait inside the process; the next beat has more time. */
const BUDGET_MS = 2_000
/** A server that says "at once" again and again isn't asked in a circle. */
const SHORTEST_MS = 200

/** How requests to one mailbox take turns, and wait together when the server says so. */
export interface Patience {
  /** Runs it once there is room and the server wants to be asked. */
  inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
  /** Tells everybody to wait so long; false when that is more than there is to spare. */
  wait(ms: number): boolean
}

export function openPatience(): Patience {
  const queue: (() => void)[] = []
  let running = 0
  let notBefore = 0
  let budgetMs = BUDGET_MS

  async function enter(): Promise<void> {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve))
    else running++
  }
  /** Whoever leaves gives the place to the next one. */
  function leave(): void {
    const next = queue.shift()
    if (next) next()
    else running--
  }

  return {
    async inTurn(signal, work) {
      await enter()
      try {
        for (let ms = notBefore - steadyMs(); ms > 0; ms = notBefore - steadyMs()) {
          await pause(ms, signal)
          signal.throwIfAborted()
        }
        return await work()
      } finally {
        leave()
      }
    },
    wait(ms) {
      const now = steadyMs()
      const until = now + Math.max(ms, SHORTEST_MS)
      const more = Math.max(0, until - Math.max(notBefore, now))
      if (more > budgetMs) return false
      budgetMs -= more
      notBefore = Math.max(notBefore, until)
      return true
    },
  }
}
