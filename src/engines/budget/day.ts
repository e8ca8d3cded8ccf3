import {instantOf, offsetMs, wallTime} from '../../kit/zone.js'

/** The date that a calendar in this zone shows: 2026-11-21. */
export function localDay(now: number, zone: string): string {
  return new Date(now + offsetMs(now, zone)).toISOString().slice(0, 10)
}

/** The instant at which the zone's next day begins, also where its midnight is skipped or shown twice. */
export function nextDayBegins(now: number, zone: string): number {
  const {year, month, day} = wallTime(now, zone)
  const next = new Date(Date.UTC(year, month - 1, day + 1))
  const date = {year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate()}
  return instantOf({...date, hour: 0, minute: 0}, zone)
}
