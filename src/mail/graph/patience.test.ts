import {expect, test} from 'vitest'
import {openPatience} from './patience.js'

const never = new AbortController().signal

test('four are under way at most, the others come in their order', async () => {
  const patience = openPatience()
  const begun: number[] = []
  let running = 0
  let peak = 0
  await Promise.all(
    Array.from({length: 12}, (_, number) =>
      patience.inTurn(never, async () => {
        begun.push(number)
        peak = Math.max(peak, ++running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running--
        if (number % 3 === 0) throw new Error('one that fails gives its place on, too')
      }),
    ).map((work) => work.catch(() => undefined)),
  )
  expect(peak).toBe(4)
  expect(begun).toEqual([...begun].sort((one, other) => one - other))
})

test('a wait is for everybody, and counts once', async () => {
  const patience = openPatience()
  expect([1, 2, 3, 4].map(() => patience.wait(300))).toEqual([true, true, true, true])
  const began = Date.now()
  await Promise.all([1, 2].map(() => patience.inTurn(never, async () => undefined)))
  expect(Date.now() - began).toBeGreaterThanOrEqual(290)
})

test('more than two seconds in all are not waited, and no server is asked in a circle', () => {
  expect(openPatience().wait(2_100)).toBe(false)
  expect(openPatience().wait(1_900)).toBe(true)
  const patience = openPatience()
  let times = 0
  while (patience.wait(times * 200) && times < 99) times++
  expect(times).toBeLessThan(12)
})

test('who waits can be called away', async () => {
  const patience = openPatience()
  const over = new AbortController()
  patience.wait(1_900)
  const waiting = patience.inTurn(over.signal, async () => 'done')
  over.abort(new Error('away'))
  await expect(waiting).rejects.toThrow('away')
})
