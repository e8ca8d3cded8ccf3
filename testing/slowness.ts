import {spawnSync} from 'node:child_process'
import {availableParallelism, loadavg} from 'node:os'

/** What a bare node takes on a machine that has nothing else to do. */
const IDLE_MS = 60

/** How many times as long as alone something takes here: by what a bare node takes now, and by who waited for a core in the last minute. */
export function slowness(): number {
  const bare = Array.from({length: 3}, () => {
    const started = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - started
  })
  const [waiting = 0] = loadavg()
  return Math.max(1, Math.max(...bare) / IDLE_MS, waiting / availableParallelism())
}

/** Whether something took no longer than so long, or, where other work slows this machine down, than that takes here. */
export function isQuick(tookMs: number, mostMs: number): boolean {
  return tookMs <= mostMs || tookMs <= mostMs * slowness()
}
