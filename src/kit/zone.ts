/** What a clock on the wall of a zone shows; month 1–12, weekday 0 = Sunday. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  weekday: number
}

/** The part of a wall time that names an instant. */
export type WallMinute = Pick<WallTime, 'year' | 'month' | 'day' | 'hour' | 'minute'>

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

// Since 1973 every zone has changed on a quarter of an hour, so one measurement holds for the whole quarter.
const BLOCK_MS = 15 * MINUTE_MS
const FIRST_REGULAR = Date.UTC(1973, 0, 1)
const MOST_KNOWN = 4096
const offsets = new Map<string, Map<number, number>>()

// What somebody has measured before and kept: then no formatter is needed at all.
const spans = new Map<string, OffsetSpan>()

/** A time in which a zone's clocks don't change; `to` is the first instant after it. */
export interface OffsetSpan {
  readonly from: number
  readonly to: number
  readonly offset: number
}

// A formatter costs 15 ms and keeps its ICU data: one a zone, made when first asked.
const formatters = new Map<string, Intl.DateTimeFormat>()

/** Whether the runtime knows this IANA zone (or fixed offset) by name. */
export function isZone(name: string): boolean {
  try {
    formatterOf(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** The local wall clock at an instant. */
export function wallTime(ms: number, zone: string): WallTime {
  const local = new Date(ms + offsetMs(ms, zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    weekday: local.getUTCDay(),
  }
}

/**
 * The instant a wall clock shows this minute. A minute that a change of offset repeats is its first showing;
 * one that it skips is the first instant after the gap.
 */
export function instantOf(wall: WallMinute, zone: string): number {
  const local = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute)
  const before = offsetMs(local - 2 * DAY_MS, zone)
  const after = offsetMs(local + 2 * DAY_MS, zone)
  const early = local - Math.max(before, after)
  const late = local - Math.min(before, after)
  if (early + offsetMs(early, zone) === local) return early
  if (late + offsetMs(late, zone) === local) return late
  return firstAfterGap(early, {end: late, offset: after, zone})
}

/** Takes over what an earlier process measured; one span a zone is remembered. */
export function knowOffset(zone: string, span: OffsetSpan): void {
  spans.set(zone, span)
}

/** How far the zone's wall clock is ahead of UTC at an instant. */
export function offsetMs(ms: number, zone: string): number {
  if (zone === 'UTC') return 0
  const span = spans.get(zone)
  if (span && ms >= span.from && ms < span.to) return span.offset
  if (ms < FIRST_REGULAR) return measureOffset(ms, zone)
  let known = offsets.get(zone)
  if (!known || known.size >= MOST_KNOWN) {
    known = new Map()
    offsets.set(zone, known)
  }
  const block = Math.floor(ms / BLOCK_MS)
  const offset = known.get(block) ?? measureOffset(ms, zone)
  known.set(block, offset)
  return offset
}

function measureOffset(ms: number, zone: string): number {
  const parts: Record<string, number> = {}
  for (const part of formatterOf(zone).formatToParts(ms)) parts[part.type] = Number(part.value)
  const {year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0} = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
}

/** Zones change on whole minutes, so the search ends on one. */
function firstAfterGap(start: number, {end, offset, zone}: {end: number; offset: number; zone: string}): number {
  let low = Math.floor(start / MINUTE_MS)
  let high = Math.ceil(end / MINUTE_MS)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(middle * MINUTE_MS, zone) === offset) high = middle
    else low = middle
  }
  return high * MINUTE_MS
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}
