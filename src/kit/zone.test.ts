import {expect, test} from 'vitest'
import {instantOf, isZone, offsetMs, wallTime} from './zone.js'

const iso = (ms: number) => new Date(ms).toISOString()
const at = (text: string) => {
  const [, year, month, day, hour, minute] = /(\d+)-(\d+)-(\d+) (\d+):(\d+)/.exec(text) ?? []
  return {year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute)}
}

test.each([
  ['an ordinary morning', 'Europe/Berlin', '2026-06-01 08:00', '2026-06-01T06:00:00.000Z'],
  ['a zone without summer time', 'Asia/Kolkata', '2026-06-01 08:00', '2026-06-01T02:30:00.000Z'],
  [
    'a skipped minute is the first instant after the gap',
    'America/New_York',
    '2026-03-08 02:30',
    '2026-03-08T07:00:00.000Z',
  ],
  ['the minute after the gap', 'America/New_York', '2026-03-08 03:00', '2026-03-08T07:00:00.000Z'],
  ['a repeated minute is its first showing', 'America/New_York', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
  ['a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-03T15:30:00.000Z'],
  ['a repeat of half an hour', 'Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45:00.000Z'],
  ['a midnight that does not exist', 'America/Santiago', '2026-09-06 00:00', '2026-09-06T04:00:00.000Z'],
  ['a day that a zone left out', 'Pacific/Apia', '2011-12-30 12:00', '2011-12-30T10:00:00.000Z'],
  ['a date beyond 2038', 'Europe/Berlin', '2040-07-01 08:00', '2040-07-01T06:00:00.000Z'],
])('%s', (_, zone, wall, expected) => {
  expect(iso(instantOf(at(wall), zone))).toBe(expected)
})

test('a wall clock names the instant it was read at, over every change of two years', () => {
  for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC']) {
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 3 * 3_600_000 + 900_000) {
      const again = instantOf(wallTime(ms, zone), zone)
      const isRepeat = again < ms && wallTime(again, zone).hour === wallTime(ms, zone).hour
      expect(again === ms || isRepeat, `${zone} ${iso(ms)}`).toBe(true)
    }
  }
})

test('weekdays, years and seconds come out of the zone, not of UTC', () => {
  const newYear = Date.UTC(2027, 0, 1, 3, 4, 5)
  expect(wallTime(newYear, 'America/New_York')).toEqual({
    year: 2026,
    month: 12,
    day: 31,
    hour: 22,
    minute: 4,
    second: 5,
    weekday: 4,
  })
  expect(offsetMs(newYear, 'UTC')).toBe(0)
})

test('names that are no zone are told apart', () => {
  expect([isZone('Europe/Berlin'), isZone('Etc/GMT-8'), isZone('Mars/Olympus'), isZone('')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
