import {instantOf, type WallTime, wallTime} from '../kit/zone.js'
import {type Cadence, WEEKDAYS} from './check.js'
import {cronAfter, cronAtOrBefore} from './cron.js'

/** A cadence's moments in one zone; an interval has none, it counts from its last run. */
export interface Slots {
  atOrBefore(ms: number): number | null
  after(ms: number): number | null
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>

const DAY_MS = 86_400_000
// A monthly slot is never further away; a zone may skip a whole day on top.
const FARTHEST_DAYS = 64
const MORNING = '08:00'
const EVENING = '18:00'
const DAY_START = ['00:00']

/** Null for cadences without moments: every beat, intervals, off. */
export function slotsOf(cadence: Cadence, zone: string): Slots | null {
  if (cadence.kind === 'cron') {
    const {expression} = cadence
    return {
      atOrBefore: (ms) => cronAtOrBefore(expression, ms, zone),
      after: (ms) => cronAfter(expression, ms, zone),
    }
  }
  const times = timesOf(cadence)
  if (!times) return null
  const onDay = (day: Day) => (matchesDay(cadence, day) ? times.map((time) => instantAt(day, {time, zone})) : [])
  return {
    atOrBefore: (ms) => walk(ms, -1, {zone, pick: (day) => last(onDay(day).filter((slot) => slot <= ms))}),
    after: (ms) => walk(ms, 1, {zone, pick: (day) => onDay(day).find((slot) => slot > ms)}),
  }
}

/** `daily xN`: N moments spread evenly from 08:00 to 20:00, both included; one alone is 08:00. */
function spreadTimes(count: number): string[] {
  const step = count > 1 ? 720 / (count - 1) : 0
  return Array.from({length: count}, (_, index) => {
    const minutes = 480 + Math.round(index * step)
    return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
  })
}

function timesOf(cadence: Cadence): readonly string[] | null {
  switch (cadence.kind) {
    case 'daily':
    case 'weekly':
    case 'monthly':
      return cadence.times.length > 0 ? cadence.times : DAY_START
    case 'part-of-day':
      return [cadence.part === 'morning' ? MORNING : EVENING]
    case 'times-a-day':
      return spreadTimes(cadence.count)
    default:
      return null
  }
}

function matchesDay(cadence: Cadence, {year, month, day}: Day): boolean {
  if (cadence.kind === 'weekly') {
    const name = WEEKDAYS[(new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7]
    return (cadence.days.length > 0 ? cadence.days : ['mon']).some((wanted) => wanted === name)
  }
  if (cadence.kind === 'monthly') {
    const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
    return (cadence.days.length > 0 ? cadence.days : [1]).some((wanted) => Math.min(wanted, lastDay) === day)
  }
  return true
}

function instantAt(day: Day, {time, zone}: {time: string; zone: string}): number {
  return instantOf({...day, hour: Number(time.slice(0, 2)), minute: Number(time.slice(3, 5))}, zone)
}

function walk(
  ms: number,
  direction: 1 | -1,
  {zone, pick}: {zone: string; pick: (day: Day) => number | undefined},
): number | null {
  const {year, month, day} = wallTime(ms, zone)
  const start = Date.UTC(year, month - 1, day)
  for (let step = 0; step <= FARTHEST_DAYS; step++) {
    const date = new Date(start + direction * step * DAY_MS)
    const slot = pick({year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate()})
    if (slot !== undefined) return slot
  }
  return null
}

function last(list: readonly number[]): number | undefined {
  return list[list.length - 1]
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
