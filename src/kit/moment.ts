import {EXIT, UserError} from './errors.js'
import {instantOf, wallTime} from './zone.js'

/**
 * Reads a moment a person typed: an ISO time, `2026-11-21 08:00` on the wall clock of `zone`, or, where `now` is given,
 * `08:00` as the last time that clock showed it. Milliseconds.
 */
export function parseMoment(text: string, zone: string, now?: number): number {
  const clock = /^(\d\d?):(\d\d)$/.exec(text.trim())
  if (clock && now !== undefined) return lastShowing({hour: Number(clock[1]), minute: Number(clock[2])}, zone, now)
  const wall = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::\d\d)?)?$/.exec(text.trim())
  const ms = wall ? wallMs(wall, zone) : Date.parse(text)
  if (!Number.isNaN(ms)) return ms
  throw new UserError(`${JSON.stringify(text)} is no time.`, {
    code: 'USAGE',
    fix: 'Type it as 2026-11-21T08:00, or with an offset as 2026-11-21T08:00:00+02:00.',
    exit: EXIT.usage,
  })
}

function lastShowing(time: {hour: number; minute: number}, zone: string, now: number): number {
  const today = instantOf({...wallTime(now, zone), ...time}, zone)
  return today <= now ? today : instantOf({...wallTime(now - 86_400_000, zone), ...time}, zone)
}

function wallMs([, year, month, day, hour = '0', minute = '0']: RegExpExecArray, zone: string): number {
  const wall = {year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute)}
  const isReal = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDate() === wall.day
  return isReal && wall.hour < 24 && wall.minute < 60 ? instantOf(wall, zone) : Number.NaN
}
