import {expect, onTestFinished, test, vi} from 'vitest'
import {openTicks} from './ticks.js'

const MINUTE = 60_000

test.each([
  ['back by a day', -86_400_000],
  ['ahead by sixty years', 60 * 365 * 86_400_000],
])('a clock that is set %s costs no tick, and no time', async (_, jumpMs) => {
  const {ticks, jump} = begin(5 * MINUTE, '2026-11-21T08:30:30Z')
  await vi.advanceTimersByTimeAsync(3 * MINUTE)
  expect(ticks()).toBe(3)
  jump(jumpMs)
  await vi.advanceTimersByTimeAsync(3 * MINUTE)
  expect(ticks()).toBe(6)
})

test('ticks come at full minutes, or each second where beats come at other spans', async () => {
  const minutes = begin(MINUTE, '2026-11-21T08:30:45Z')
  await vi.advanceTimersByTimeAsync(14_000)
  expect(minutes.ticks()).toBe(0)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(minutes.ticks()).toBe(1)
  const seconds = begin(90_000, '2026-11-21T08:30:45Z')
  await vi.advanceTimersByTimeAsync(10_100)
  expect(seconds.ticks()).toBe(10)
})

test('no tick comes while somebody still listens to the last, nor after the end', async () => {
  const {ticks, jump, stop} = begin(
    MINUTE,
    '2026-11-21T08:30:59Z',
    () => new Promise((done) => setTimeout(done, 150_000)),
  )
  await vi.advanceTimersByTimeAsync(120_000)
  expect(ticks()).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ticks()).toBe(1)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(ticks()).toBe(2)
  const ended = stop()
  await vi.advanceTimersByTimeAsync(150_000)
  await ended
  jump(1)
  await vi.advanceTimersByTimeAsync(10 * MINUTE)
  expect(ticks()).toBe(2)
})

function begin(everyMs: number, at: string, work: () => Promise<void> = async () => undefined) {
  vi.useFakeTimers({now: new Date(at)})
  let count = 0
  const {stop} = openTicks(everyMs, () => {
    count++
    return work()
  })
  onTestFinished(async () => {
    vi.clearAllTimers()
    vi.useRealTimers()
  })
  return {ticks: () => count, jump: (ms: number) => vi.setSystemTime(Date.now() + ms), stop}
}
