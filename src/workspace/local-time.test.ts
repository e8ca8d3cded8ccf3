import {expect, test} from 'vitest'
import {offsetMs} from '../kit/zone.js'
import type {Home} from './home.js'
import {knowDay, localTime} from './local-time.js'
import {ParsedCache} from './parsed-cache.js'

function fleetIn(timezone: string, cache = new ParsedCache(null)): Parameters<typeof localTime>[0] {
  return {cache, home: {config: {timezone}} as Home}
}

test.each([
  ['Africa/Johannesburg', '2026-11-21T22:30:00Z', '2026-11-22', '00:30'],
  ['America/New_York', '2026-11-21T02:05:00Z', '2026-11-20', '21:05'],
  ['UTC', '2026-11-21T08:30:00Z', '2026-11-21', '08:30'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25', '02:30'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25', '02:30'],
])('%s at %s', async (zone, at, date, time) => {
  expect(await localTime(fleetIn(zone), Date.parse(at))).toEqual({date, time})
})

test('the next process takes the offset of a day from the cache and asks no calendar', async () => {
  const now = Date.parse('2026-11-21T08:30:00Z')
  const first = new ParsedCache(null)
  await knowDay(fleetIn('UTC', first), now, 'Asia/Kathmandu')
  // A zone that the runtime does not know stands for one it has not been asked for.
  const text = first.textToSave()?.replaceAll('Asia/Kathmandu', 'Moon/Copernicus') ?? null
  await knowDay(fleetIn('UTC', new ParsedCache(text)), now, 'Moon/Copernicus')
  expect(offsetMs(now, 'Moon/Copernicus')).toBe(5.75 * 3_600_000)
  expect(() => offsetMs(now + 86_400_000, 'Moon/Copernicus')).toThrow(RangeError)
})

test('a day whose clocks change is asked for each time', async () => {
  const cache = new ParsedCache(null)
  const changes = Date.parse('2026-10-25T12:00:00Z')
  await knowDay(fleetIn('UTC', cache), changes, 'Europe/Vienna')
  expect(cache.peek('offset', `Europe/Vienna ${Date.parse('2026-10-25T00:00:00Z')}`)).toBeNull()
  expect(offsetMs(Date.parse('2026-10-25T00:59:00Z'), 'Europe/Vienna')).toBe(7_200_000)
  expect(offsetMs(Date.parse('2026-10-25T01:00:00Z'), 'Europe/Vienna')).toBe(3_600_000)
})
