import {expect, test} from 'vitest'
import {pause} from './pause.js'
import {within} from './within.js'

const forever = (signal: AbortSignal) => pause(60_000, signal).then(() => signal.reason?.name)

test('ends work that takes too long, however much garbage is collected meanwhile', async () => {
  const ended = within(100, new AbortController().signal, forever)
  const garbage = Array.from({length: 200_000}, (_, index) => ({index}))
  expect([await ended, garbage.length]).toEqual(['TimeoutError', 200_000])
})

test('ends with the outer signal, and leaves no timer behind', async () => {
  const outer = new AbortController()
  const ended = within(60_000, outer.signal, forever)
  outer.abort()
  expect(await ended).toBe('AbortError')
  expect(await within(60_000, new AbortController().signal, async () => 'done')).toBe('done')
})
