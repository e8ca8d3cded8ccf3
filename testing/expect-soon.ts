import {expect} from 'vitest'
import {slowness} from './slowness.js'

/** That something took less than so long, or, where other work slows this machine down, less by as much as it slows it. */
export function expectSoon(tookMs: number, withinMs: number): void {
  if (tookMs < withinMs) return
  expect(tookMs).toBeLessThan(withinMs * slowness())
}
