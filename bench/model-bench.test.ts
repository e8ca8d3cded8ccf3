import {expect, test} from 'vitest'
import {plantedEvents} from './money-fleet.js'
import {measureRole} from './prompt-cost.js'

test('a role with three questions stays under its limit, and its second beat reads the prefix from the cache', async () => {
  const cost = await measureRole('comms', {minutes: 30})
  expect(cost.input).toBeLessThanOrEqual(3_000)
  expect(cost.cacheRead / cost.input).toBeGreaterThanOrEqual(0.8)
  expect(cost).toMatchObject({calls: 2, isPrefixSame: true})
  expect(cost.usdADay).toBeGreaterThan(0)
})

test('the events of a month are the same in every run, and each is one of its own', () => {
  const events = plantedEvents(30, 12)
  expect(plantedEvents(30, 12)).toEqual(events)
  expect(new Set(events.map(({token}) => token)).size).toBe(360)
  expect(events.every(({minute}) => minute >= 0 && minute < 30 * 1440)).toBe(true)
})
