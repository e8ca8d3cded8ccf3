import {spawnSync} from 'node:child_process'
import {expect} from 'vitest'

/** What a bare node takes on a machine that has nothing else to do. */
const IDLE_MS = 60

/** That something took less than so long, or, where other work slows this machine down, less by as much as it slows a bare node. */
export function expectSoon(tookMs: number, withinMs: number): void {
  if (tookMs < withinMs) return
  const bare = Array.from({length: 3}, () => {
    const started = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - started
  })
  expect(tookMs).toBeLessThan(withinMs * Math.max(1, Math.min(...bare) / IDLE_MS))
}
