import {expect, test} from 'vitest'
import {cronAfter} from '../../schedule/cron.js'
import {calendarOf, cronOf, EVERY, onCalendarOf, paceOf, parseEvery} from './every.js'

const MINUTES = 60_000
const MIDNIGHT = Date.UTC(2026, 10, 21)

test.each([
  ['1m', '* * * * *', '*-*-* *:*:00'],
  ['5m', '*/5 * * * *', '*-*-* *:00/5:00'],
  ['30m', '*/30 * * * *', '*-*-* *:00/30:00'],
  ['1h', '0 * * * *', '*-*-* *:00:00'],
  ['2h', '0 */2 * * *', '*-*-* 00/2:00:00'],
  ['12h', '0 8,20 * * *', '*-*-* 08,20:00:00'],
  ['1d', '0 8 * * *', '*-*-* 08:00:00'],
])('%s is %s to cron and %s to systemd', (typed, cron, calendar) => {
  const ms = parseEvery(typed)
  expect(cronOf(ms)).toBe(cron)
  expect(onCalendarOf(ms)).toBe(calendar)
})

test('every pace comes round evenly, also over midnight, and reads back', () => {
  for (const ms of EVERY) {
    const moments = ms < 60 * MINUTES ? momentsOf(ms, -120, 120) : momentsOf(ms, 0, 3 * 1440)
    expect(new Set(moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0)))).toEqual(new Set([ms]))
    expect(paceOf(onCalendarOf(ms), onCalendarOf)).toBe(ms)
    expect(paceOf(cronOf(ms), cronOf)).toBe(ms)
  }
})

test('launchd is given the same moments as cron', () => {
  for (const ms of EVERY.filter((one) => one >= 10 * MINUTES)) {
    const day = momentsOf(ms, 0, 1440).map((at) => (at - MIDNIGHT) / MINUTES)
    const given = calendarOf(ms).flatMap(({Hour, Minute}) =>
      Hour === undefined ? Array.from({length: 24}, (_, hour) => hour * 60 + Minute) : [Hour * 60 + Minute],
    )
    expect(new Set(given)).toEqual(new Set(day))
  }
})

test.each([
  ['45m', ['--every 30m', '--every 1h']],
  ['7m', ['--every 6m', '--every 10m']],
  ['5h', ['--every 4h', '--every 6h']],
  ['30s', ['--every 1m']],
  ['2d', ['--every 24h']],
  ['soon', ['--every 30m']],
])('%s is refused with what comes nearest', (typed, fixes) => {
  const refusal = expect.objectContaining({
    code: 'BAD_EVERY',
    exit: 2,
    suggestions: expect.arrayContaining(fixes.map((fix) => expect.stringContaining(fix))),
  })
  expect(() => parseEvery(typed)).toThrow(refusal)
})

/** Between two minutes, counted from midnight. */
function momentsOf(ms: number, from: number, to: number): number[] {
  const moments: number[] = []
  let at = cronAfter(cronOf(ms), MIDNIGHT + from * MINUTES - 1, 'UTC')
  while (at !== null && at < MIDNIGHT + to * MINUTES) {
    moments.push(at)
    at = cronAfter(cronOf(ms), at, 'UTC')
  }
  return moments
}
