import {HAN_DAYS, PATTERNS, type Unit, unitOf} from './cadence-patterns.js'
import {MULTIPLES, NUMBERS} from './cadence-words.js'
import type {Weekday} from './check.js'
import {WEEKDAYS} from './check.js'
import {type ClockSpan, clockPatterns, readClock} from './clock-time.js'
import {DAY_NAMES} from './day-words.js'
import {indexIn} from './words.js'

/** One thing that a text says about time, with where it says it. */
export type Feature = {start: number; end: number} & (
  | {kind: 'daily' | 'weekly' | 'monthly' | 'rarer' | 'off'}
  | {kind: 'beat'; isEvery: boolean}
  | {kind: 'every'; fromMs: number; toMs: number; isBare: boolean; isVague: boolean; unit: Unit}
  | {kind: 'per-day'; count: number}
  | {kind: 'per-week'; count: number}
  | {kind: 'weekdays'; days: readonly Weekday[]}
  | {kind: 'month-day'; day: number; isBare: boolean}
  | {kind: 'time' | 'window'; time: string; hasZero: boolean}
  | {kind: 'named-time'; time: string; isGuess: boolean}
  | {kind: 'part'; part: 'morning' | 'evening'}
)

/** What stands for a stretch that has been read; no word and no blank. */
export const READ = '\u0001'

const MINUTE_MS = 60_000
const UNIT_MS: Record<Unit, number> = {
  s: 1000,
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 1440 * MINUTE_MS,
  w: 7 * 1440 * MINUTE_MS,
  mo: 30 * 1440 * MINUTE_MS,
}
/** Everything that a folded text says about time; what was read is blotted out in `rest`. */
export function scanCadence(folded: string): {features: Feature[]; rest: string} {
  const scan = new Scan(folded)
  scan.take(PATTERNS.someBeats, () => ({kind: 'beat', isEvery: false}))
  scan.take(PATTERNS.beat, () => ({kind: 'beat', isEvery: true}))
  scanCounts(scan)
  scanIntervals(scan)
  for (const {pattern: found, kind} of clockPatterns) {
    scan.take(found, (match) => {
      const clock: ClockSpan | null = readClock(kind, match)
      return clock && {kind: clock.isWindow ? 'window' : 'time', time: clock.time, hasZero: clock.hasZero}
    })
  }
  scanDays(scan)
  scanMonths(scan)
  scan.take(PATTERNS.daily, () => ({kind: 'daily'}))
  scan.take(PATTERNS.weekly, () => ({kind: 'weekly'}))
  scan.take(PATTERNS.rarer, () => ({kind: 'rarer'}))
  scan.take(PATTERNS.plainUnit, ([, unit]) => every({from: '1', toUnit: unit, isBare: false}))
  scan.take(PATTERNS.morning, () => ({kind: 'part', part: 'morning'}))
  scan.take(PATTERNS.evening, () => ({kind: 'part', part: 'evening'}))
  for (const {pattern: found, time, isGuess} of PATTERNS.named) {
    scan.take(found, () => ({kind: 'named-time', time, isGuess}))
  }
  scan.take(PATTERNS.bare, ([, from, fromUnit, to, toUnit]) => every({from, fromUnit, to, toUnit, isBare: true}))
  scan.take(PATTERNS.off, () => ({kind: 'off'}))
  return {features: scan.features.sort((one, other) => one.start - other.start), rest: scan.rest}
}

type Found = Feature extends infer One ? (One extends Feature ? Omit<One, 'start' | 'end'> : never) : never

class Scan {
  readonly features: Feature[] = []

  constructor(public rest: string) {}

  /** Reads every match that `read` accepts and blots it out. */
  take(found: RegExp, read: (match: RegExpMatchArray) => Found | null | undefined): void {
    for (const match of this.rest.matchAll(found)) {
      const feature = read(match)
      if (!feature) continue
      const start = match.index ?? 0
      const end = start + match[0].length
      this.features.push({...feature, start, end} as Feature)
      this.rest = this.rest.slice(0, start) + READ.repeat(end - start) + this.rest.slice(end)
    }
  }

  has(kind: Feature['kind']): boolean {
    return this.features.some((feature) => feature.kind === kind)
  }
}

function scanCounts(scan: Scan): void {
  scan.take(PATTERNS.dayTimes, ([, plain, word]) => count('per-day', plain ?? word))
  scan.take(PATTERNS.perDay, ([, from, , multiple]) => count('per-day', from ?? multiple))
  scan.take(PATTERNS.weekTimes, ([, word]) => count('per-week', word))
  scan.take(PATTERNS.perWeek, ([, from, , multiple]) => count('per-week', from ?? multiple))
}

function scanIntervals(scan: Scan): void {
  for (const [minutes, found] of PATTERNS.fixed) {
    scan.take(found, () => ({
      kind: 'every',
      fromMs: minutes * MINUTE_MS,
      toMs: minutes * MINUTE_MS,
      isBare: false,
      isVague: false,
      unit: 'm',
    }))
  }
  scan.take(PATTERNS.few, ([, word]) => {
    const few = every({from: '2', to: '4', toUnit: word, isBare: false})
    return few?.kind === 'every' ? {...few, isVague: true} : null
  })
  for (const found of [PATTERNS.interval, PATTERNS.intervalAfter]) {
    scan.take(found, ([, from, fromUnit, to, toUnit]) => every({from, fromUnit, to, toUnit, isBare: false}))
  }
  scan.take(PATTERNS.againAndAgain, ([, from, unit]) => every({from, toUnit: unit, isBare: false}))
  scan.take(PATTERNS.hourlyAfter, ([, from]) => every({from, toUnit: 'h', isBare: false}))
}

function scanDays(scan: Scan): void {
  scan.take(PATTERNS.workdays, () => ({kind: 'weekdays', days: WEEKDAYS.slice(0, 5)}))
  scan.take(PATTERNS.weekends, () => ({kind: 'weekdays', days: WEEKDAYS.slice(5)}))
  scan.take(PATTERNS.dayRange, ([, from = '', to = '']) => dayRange(indexIn(DAY_NAMES, from), indexIn(DAY_NAMES, to)))
  scan.take(PATTERNS.hanDayRange, ([, from = '', to = '']) => dayRange(hanDay(from), hanDay(to)))
  scan.take(PATTERNS.hanDays, ([, days = '']) => {
    const named = [...days].map(hanDay).filter((day) => day >= 0)
    return {kind: 'weekdays', days: WEEKDAYS.filter((_, index) => named.includes(index))}
  })
  scan.take(PATTERNS.day, ([, name = '']) => {
    const day = WEEKDAYS[indexIn(DAY_NAMES, name)]
    return day && {kind: 'weekdays', days: [day]}
  })
}

function scanMonths(scan: Scan): void {
  scan.take(PATTERNS.monthStart, () => ({kind: 'month-day', day: 1, isBare: false}))
  scan.take(PATTERNS.monthEnd, () => ({kind: 'month-day', day: 31, isBare: false}))
  scan.take(PATTERNS.ordinal, ([, day]) => monthDay(day, false))
  scan.take(PATTERNS.monthly, () => ({kind: 'monthly'}))
  if (scan.has('monthly')) scan.take(PATTERNS.monthDay, ([whole, day]) => monthDay(day, whole === day))
}

interface Amount {
  from: string | undefined
  fromUnit?: string | undefined
  to?: string | undefined
  toUnit: string | undefined
  isBare: boolean
}

function every({from, fromUnit, to, toUnit, isBare}: Amount): Found | null {
  // without a second amount the first unit is the last one read: "30m" alone fills only one of the two
  const unit = unitOf(toUnit)
  if (!unit || (fromUnit !== undefined && to === undefined)) return null
  const low = amount(from)
  const high = to === undefined ? low : amount(to)
  const fromMs = Math.round(low * UNIT_MS[unitOf(fromUnit) ?? unit])
  const toMs = Math.round(high * UNIT_MS[unit])
  if (!(fromMs > 0) || toMs < fromMs) return null
  return {kind: 'every', fromMs, toMs, isBare, isVague: false, unit}
}

function count(kind: 'per-day' | 'per-week', word: string | undefined): Found | null {
  const multiple = MULTIPLES.findIndex((_, index) => index > 1 && indexIn([MULTIPLES[index] ?? ''], word ?? '') === 0)
  const times = multiple > 0 ? multiple : amount(word)
  return times >= 1 && Number.isInteger(times) ? {kind, count: times} : null
}

function amount(word: string | undefined): number {
  if (word === undefined) return Number.NaN
  const digits = Number(word.replace(',', '.'))
  if (Number.isFinite(digits)) return digits
  const index = indexIn(NUMBERS, word)
  return index > 0 ? index : Number.NaN
}

function dayRange(from: number, to: number): Found | null {
  if (from < 0 || to < 0) return null
  const days = WEEKDAYS.filter((_, index) => (from <= to ? index >= from && index <= to : index >= from || index <= to))
  return {kind: 'weekdays', days}
}

function hanDay(sign: string): number {
  return sign === '天' ? 6 : HAN_DAYS.indexOf(sign)
}

function monthDay(text: string | undefined, isBare: boolean): Found | null {
  const day = Number(text)
  return day >= 1 && day <= 31 ? {kind: 'month-day', day, isBare} : null
}
