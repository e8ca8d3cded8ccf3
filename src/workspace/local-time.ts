import {offsetMs} from '../kit/zone.js'
import type {Fleet} from './fleet.js'

const DAY_MS = 86_400_000

/** A moment as people of the fleet write it: `2026-11-21` and `08:30`, in the fleet's time zone. */
export interface LocalTime {
  readonly date: string
  readonly time: string
}

/** The local date and time; a day's offset is remembered, because asking for a zone's rules costs more than a beat. */
export async function localTime({home, cache}: Pick<Fleet, 'home' | 'cache'>, now: number): Promise<LocalTime> {
  const zone = home.config.timezone
  const day = Math.floor(now / DAY_MS) * DAY_MS
  const offset = await cache.get<number | null>('offset', `${zone} ${day}`, () => offsetOfDay(day, zone))
  const local = new Date(now + (offset ?? offsetMs(now, zone))).toISOString()
  return {date: local.slice(0, 10), time: local.slice(11, 16)}
}

/** null on a day whose clocks change. */
function offsetOfDay(day: number, zone: string): number | null {
  const offset = offsetMs(day, zone)
  return offsetMs(day + DAY_MS, zone) === offset ? offset : null
}
