import {createTask, type ScheduledTask} from 'node-cron'

export interface Ticks {
  /** Ends them, and waits for who listens. */
  stop(): Promise<void>
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** So long before each tick the clock is looked at… */
const AHEAD_MS = 20
/** …and has been set, or the machine has slept, where it is off by more than this. */
const STRAY_MS = 1_000

/**
 * Ticks by the wall clock: at each full minute, or each second where beats are to come at other spans than minutes. None
 * comes while somebody still listens to the last. What a machine has slept through is not made up for tick by tick; who
 * listens sees the gap by its own clock.
 */
export function openTicks(everyMs: number, listen: () => Promise<void>): Ticks {
  const stepMs = everyMs % MINUTE_MS === 0 ? MINUTE_MS : SECOND_MS
  let listening: Promise<void> | null = null
  // Here and not by node-cron's noOverlap, which knows nothing of the task before it.
  const hear = async (): Promise<void> => {
    if (listening) return
    listening = listen().finally(() => {
      listening = null
    })
    await listening
  }
  let task = startTask(stepMs, hear)
  let timer = watchClock()

  /**
   * node-cron waits for the moment it reckoned with last: for a day where the clock was set back by one, and where it was
   * set ahead by years it walks through each of their minutes. So it begins anew where the clock has jumped.
   */
  function watchClock(): NodeJS.Timeout {
    const waitMs = stepMs - ((Date.now() + AHEAD_MS) % stepMs)
    const expected = Date.now() + waitMs
    return setTimeout(() => {
      if (Math.abs(Date.now() - expected) > STRAY_MS) {
        void task.destroy()
        task = startTask(stepMs, hear)
      }
      timer = watchClock()
    }, waitMs)
  }

  return {
    async stop() {
      clearTimeout(timer)
      await task.destroy()
      await listening
    },
  }
}

function startTask(stepMs: number, listen: () => Promise<void>): ScheduledTask {
  const silent = () => undefined
  const task = createTask(stepMs === MINUTE_MS ? '* * * * *' : '* * * * * *', listen, {
    suppressMissedWarning: true,
    logger: {info: silent, warn: silent, error: silent, debug: silent},
  })
  void task.start()
  return task
}
