import {EXIT, UserError} from './errors.js'
import {instantOf, wallTime} from './zone.js'

/** `Date.parse` alone would also make a moment of "foo 8"; so only these forms reach it. */
const EXACT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/
const WALL = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/
const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)$/
const AGO = /^(\d{1,4})(m|h|d)$/
const UNITS = {m: 60_000, h: 3_600_000, d: 86_400_000} as const

/**
 * Reads a moment a person typed: an ISO time, `2026-11-21 08:00` on the wall clock of `zone`, or, where `now` is given,
 * `08:00` as the last time that clock showed it and `8h` as so long ago. Milliseconds.
 */
export function parseMoment(text: string, zone: string, now?: number): number {
  const typed = text.trim()
  const clock = now === undefined ? null : CLOCK.exec(typed)
  if (clock && now !== undefined) return lastShowing({hour: Number(clock[1]), minute: Number(clock[2])}, zone, now)
  const [, count, unit] = (now === undefined ? null : AGO.exec(typed)) ?? []
  if (now !== undefined && count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS]
  const exact = EXACT.exec(typed)
  const wall = WALL.exec(typed)
  const ms = exact && isDay(exact) ? Date.parse(typed) : wall && isDay(wall) ? wallMs(wall, zone) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw new UserError(`${JSON.stringify(text)} is no time.`, {
    code: 'USAGE',
    fix: `Type it as ${now === undefined ? '' : '08:00, 8h (so long ago), '}2026-11-21T08:00, or with an offset as 2026-11-21T08:00:00+02:00.`,
    exit: EXIT.usage,
  })
}

function lastShowing(time: {hour: number; minute: number}, zone: string, now: number): number {
  const today = wallTime(now, zone)
  const showing = instantOf({...today, ...time}, zone)
  if (showing <= now) return showing
  // A day is not always 24 hours: the calendar goes back, not the clock.
  const day = new Date(Date.UTC(today.year, today.month - 1, today.day - 1))
  const yesterday = {year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate()}
  return instantOf({...yesterday, ...time}, zone)
}

function isDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

function wallMs([, year, month, day, hour = '0', minute = '0', second = '0']: RegExpExecArray, zone: string): number {
  const wall = {year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute)}
  if (wall.hour > 23 || wall.minute > 59 || Number(second) > 59) return Number.NaN
  return instantOf(wall, zone) + Number(second) * 1000
}
