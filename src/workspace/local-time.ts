import {knowOffset, offsetMs} from '../kit/zone.js'
import type {Fleet} from './fleet.js'

const DAY_MS = 86_400_000

/** A moment as people of the fleet write it: `2026-11-21` and `08:30`, in the fleet's time zone. */
export interface LocalTime {
  readonly date: string
  readonly time: string
}

/** The local date and time. */
export async function localTime(fleet: Pick<Fleet, 'home' | 'cache'>, now: number): Promise<LocalTime> {
  const zone = fleet.home.config.timezone
  await knowDay(fleet, now, zone)
  const local = new Date(now + offsetMs(now, zone)).toISOString()
  return {date: local.slice(0, 10), time: local.slice(11, 16)}
}

/** Remembers a day's offset from process to process, because asking for a zone's rules costs half a bare start. */
export async function knowDay({cache}: Pick<Fleet, 'cache'>, now: number, zone: string): Promise<void> {
  const from = Math.floor(now / DAY_MS) * DAY_MS
  const offset = await cache.get<number | null>('offset', `${zone} ${from}`, () => offsetOfDay(from, zone))
  if (offset !== null) knowOffset(zone, {from, to: from + DAY_MS, offset})
}

/** null on a day whose clocks change. */
function offsetOfDay(day: number, zone: string): number | null {
  const offset = offsetMs(day, zone)
  return offsetMs(day + DAY_MS, zone) === offset ? offset : null
}
