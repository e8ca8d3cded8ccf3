import type {Feature} from './cadence-scan.js'
import {type Cadence, WEEKDAYS} from './check.js'

/** One cadence made of all that a text says, and why that may be too little. */
export interface Combined {
  cadence: Cadence
  guess: string | null
}

type Of<Kind extends Feature['kind']> = Extract<Feature, {kind: Kind}>

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const MOST_TIMES_A_DAY = 48

/** The most exact thing said wins: beat, interval, count, days of the month, weekdays, times of the day. */
export function combine(features: readonly Feature[]): Combined | null {
  if (features.length === 0) return null
  if (all(features, 'off').length > 0) return features.length === 1 ? sure({kind: 'off'}) : null
  const [beat] = all(features, 'beat')
  if (beat)
    return {cadence: {kind: 'every-beat'}, guess: beat.isEvery ? null : 'not each beat was meant: every beat was taken'}
  return combineInterval(features) ?? combineCount(features) ?? combineDays(features) ?? combineTimes(features)
}

function combineInterval(features: readonly Feature[]): Combined | null {
  const said = all(features, 'every')
  const rhythm = ['daily', 'weekly', 'monthly', 'weekdays', 'time', 'window', 'month-day', 'per-day']
  const interval =
    said.find(({isBare}) => !isBare) ?? (features.some(({kind}) => rhythm.includes(kind)) ? undefined : said[0])
  if (!interval || isNamedUnit(interval)) return null
  const {fromMs, toMs, isVague} = interval
  const cadence: Cadence = {kind: 'every', fromMs: wholeMinutes(fromMs), toMs: wholeMinutes(toMs)}
  if (isVague) return {cadence, guess: 'no number is named: two to four were taken'}
  if (all(features, 'window').length > 0) return {cadence, guess: 'the interval was read, the hours it names were not'}
  if (all(features, 'time').length > 0) return {cadence, guess: 'the interval was read, the time of day was not'}
  const others = features.some(({kind}) => ['daily', 'weekly', 'monthly', 'weekdays'].includes(kind))
  return {cadence, guess: others ? 'it names several cadences: the interval was taken' : null}
}

function combineCount(features: readonly Feature[]): Combined | null {
  const times = timesOf(features)
  const [perWeek] = all(features, 'per-week')
  if (perWeek && perWeek.count > 1) {
    const guess = `${perWeek.count} times a week names no days: Monday and Thursday were taken`
    return {cadence: {kind: 'weekly', days: ['mon', 'thu'], times}, guess}
  }
  const [perDay] = all(features, 'per-day')
  if (!perDay || times.length > 0 || perDay.count > MOST_TIMES_A_DAY) return null
  return sure(perDay.count === 1 ? {kind: 'daily', times: []} : {kind: 'times-a-day', count: perDay.count})
}

function combineDays(features: readonly Feature[]): Combined | null {
  const times = timesOf(features)
  const days = WEEKDAYS.filter((day) => all(features, 'weekdays').some((feature) => feature.days.includes(day)))
  const monthDays = [...new Set(all(features, 'month-day').map(({day}) => day))].sort((one, other) => one - other)
  const months = all(features, 'every')
    .filter(isNamedUnit)
    .find(({unit}) => unit === 'mo')
  const isMonthly = months !== undefined || monthDays.length > 0 || has(features, 'monthly') || has(features, 'rarer')
  if (isMonthly && days.length === 0) {
    const isRarer = has(features, 'rarer') || (months !== undefined && months.toMs > 31 * DAY_MS)
    const guess = isRarer ? 'rarer than monthly has no form: monthly was taken' : several(features, 'monthly')
    return {cadence: {kind: 'monthly', days: monthDays, times}, guess: guess ?? windowGuess(features)}
  }
  if (days.length === 7 || (days.length === 0 && !has(features, 'weekly') && !has(features, 'per-week'))) return null
  const odd = isMonthly ? 'a weekday of a month has no form: weekly was taken' : null
  return {
    cadence: {kind: 'weekly', days, times},
    guess: odd ?? windowGuess(features) ?? (days.length > 0 ? null : several(features, 'weekly')),
  }
}

function combineTimes(features: readonly Feature[]): Combined | null {
  const times = timesOf(features)
  const parts = new Set(all(features, 'part').map(({part}) => part))
  const [part] = parts
  const isClock = ['time', 'window', 'named-time'].some((kind) => features.some((feature) => feature.kind === kind))
  const near = all(features, 'named-time').find(({isGuess}) => isGuess)
  const guess =
    windowGuess(features) ?? (near && !has(features, 'time') ? `no time is named: ${near.time} was taken` : null)
  if (part && parts.size === 1 && !isClock && times.length === 1 && (times[0] === '08:00' || times[0] === '18:00')) {
    return {cadence: {kind: 'part-of-day', part}, guess}
  }
  return {cadence: {kind: 'daily', times}, guess}
}

/** The clock times, in order; a part of the day is one only where no time is written. */
function timesOf(features: readonly Feature[]): string[] {
  const written = features.flatMap((feature) => (feature.kind === 'time' || feature.kind === 'window' ? [feature] : []))
  const parts = all(features, 'part').map(({part}) => part)
  const named = all(features, 'named-time')
  const exact = named.filter(({isGuess}) => !isGuess).map(({time}) => time)
  const isLate = (parts.includes('evening') && !parts.includes('morning')) || named.some(({time}) => time === '14:00')
  const hours = written.length > 0 ? [] : all(features, 'every').flatMap(hourOf)
  if (written.length + exact.length + hours.length === 0) {
    return sorted([...parts.map((part) => (part === 'morning' ? '08:00' : '18:00')), ...named.map(({time}) => time)])
  }
  const spoken = written.map(({time, hasZero}) =>
    isLate && written.length === 1 && !hasZero ? inTheEvening(time) : time,
  )
  return sorted([...spoken, ...exact, ...hours])
}

/** "9h" beside a day is nine o'clock where people write it so. */
function hourOf({isBare, unit, fromMs, toMs}: Of<'every'>): string[] {
  const hour = toMs / (60 * MINUTE_MS)
  return isBare && unit === 'h' && fromMs === toMs && Number.isInteger(hour) && hour < 24
    ? [`${String(hour).padStart(2, '0')}:00`]
    : []
}

function inTheEvening(time: string): string {
  return time >= '01:00' && time < '12:00' ? `${Number(time.slice(0, 2)) + 12}${time.slice(2)}` : time
}

/** A day and a month have words of their own; other numbers of days are intervals. */
function isNamedUnit({unit, fromMs, toMs}: Of<'every'>): boolean {
  return unit === 'mo' || (unit === 'd' && fromMs === DAY_MS && toMs === DAY_MS)
}

function several(features: readonly Feature[], taken: string): string | null {
  const named = new Set(features.map(({kind}) => kind).filter((kind) => ['daily', 'weekly', 'monthly'].includes(kind)))
  return named.size > 1 ? `it names several cadences: ${taken} was taken` : null
}

function windowGuess(features: readonly Feature[]): string | null {
  return has(features, 'window') ? 'only the start of the hours it names was read' : null
}

function wholeMinutes(ms: number): number {
  return Math.max(1, Math.ceil(ms / MINUTE_MS)) * MINUTE_MS
}

function sorted(times: readonly string[]): string[] {
  return [...new Set(times)].sort()
}

function sure(cadence: Cadence): Combined {
  return {cadence, guess: null}
}

function has(features: readonly Feature[], kind: Feature['kind']): boolean {
  return features.some((feature) => feature.kind === kind)
}

function all<Kind extends Feature['kind']>(features: readonly Feature[], kind: Kind): Of<Kind>[] {
  return features.filter((feature): feature is Of<Kind> => feature.kind === kind)
}
