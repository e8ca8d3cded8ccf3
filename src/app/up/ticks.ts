export interface Ticks {
  /** Ends them, and waits for what listens. */
  stop(): Promise<void>
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** A timer that fires a moment early would find itself before the same full minute again. */
const BEHIND_MS = 5

/**
 * Ticks by the wall clock: at each full minute, or each second where beats are to come at shorter spans than that. It never
 * looks further ahead than one of them, so a clock that is set back or ahead by years, or a machine that sleeps, costs one
 * late tick; who listens sees the gap by its own clock. The next one waits for who still listens to the last.
 */
export function openTicks(everyMs: number, listen: () => Promise<void>, now: () => number = Date.now): Ticks {
  const stepMs = everyMs % MINUTE_MS === 0 ? MINUTE_MS : SECOND_MS
  let isEnded = false
  let heard = Promise.resolve()
  let timer = setTimeout(tick, untilNext())

  function tick(): void {
    heard = listen().finally(() => {
      if (!isEnded) timer = setTimeout(tick, untilNext())
    })
  }

  function untilNext(): number {
    return stepMs - (now() % stepMs) + BEHIND_MS
  }

  return {
    async stop() {
      isEnded = true
      clearTimeout(timer)
      await heard
    },
  }
}
