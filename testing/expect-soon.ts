import {spawnSync} from 'node:child_process'
import {availableParallelism, loadavg} from 'node:os'
import {expect} from 'vitest'

/** What a bare node takes on a machine that has nothing else to do. */
const IDLE_MS = 60

/** That something took less than so long, or, where other work slows this machine down, less by as much as it slows it. */
export function expectSoon(tookMs: number, withinMs: number): void {
  if (tookMs < withinMs) return
  expect(tookMs).toBeLessThan(withinMs * slowness())
}

/** How many times as long as alone something takes: by what a bare node takes now, and by who waited for a core in the last minute. */
function slowness(): number {
  const bare = Array.from({length: 3}, () => {
    const started = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - started
  })
  const [waiting = 0] = loadavg()
  return Math.max(1, Math.max(...bare) / IDLE_MS, waiting / availableParallelism())
}
