import {createTask} from 'node-cron'

export interface Ticks {
  stop(): Promise<void>
}

const MINUTE_MS = 60_000

/**
 * Ticks by the wall clock: at each full minute, or each second where beats are to come at shorter spans than that. What
 * a machine has slept through is not made up for tick by tick; who listens sees the gap by its own clock.
 */
export async function openTicks(everyMs: number, listen: () => void): Promise<Ticks> {
  const pattern = everyMs % MINUTE_MS === 0 ? '* * * * *' : '* * * * * *'
  const silent = () => undefined
  const task = createTask(pattern, listen, {
    noOverlap: true,
    suppressMissedWarning: true,
    logger: {info: silent, warn: silent, error: silent, debug: silent},
  })
  await task.start()
  return {
    async stop() {
      await task.destroy()
    },
  }
}
