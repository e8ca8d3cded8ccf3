import {type Feature, READ, scanCadence} from './cadence-scan.js'
import {DOUBT, FILLER, GENERIC} from './cadence-words.js'
import {type Cadence, WEEKDAYS} from './check.js'
import {cronProblem} from './cron.js'
import {anyOf, fold} from './words.js'
import {takeZone} from './zone-words.js'

/** What a text says of a cadence. */
export interface CadenceReading {
  cadence: Cadence
  zone: string | null
  /** Why it may mean something else; null when it is plain. */
  guess: string | null
}

/** A bracket or a label's value is about time; a heading is a name that may hold a time. */
export type CadencePlace = 'bracket' | 'heading' | 'value'

const LONGEST = 300
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const MOST_TIMES_A_DAY = 48
const CRON_WRITTEN = /^\s*cron\s*[:=]?\s*["'`“]([^"'`”]+)["'`”]\s*$/iu
const CRON_BARE =
  /^\s*(?:cron\s*[:=]?\s*)?["'`]?((?:[\d*/,?#Ll-]+|(?:mon|tue|wed|thu|fri|sat|sun)[\w,-]*)(?:\s+[\d*/,?#\w-]+){4})["'`]?\s*$/iu
const SEGMENT_END = /[|·•;,、→()[\]【】「」]+| [-/] |: |(?<!\d):|:(?!\d)|->/u
const DOUBTS = new RegExp(anyOf(DOUBT), 'u')
const FILLERS = new RegExp(anyOf(FILLER), 'gu')
const GENERICS = new RegExp(anyOf(GENERIC), 'gu')
const NUMBERING = /^\s*(?:\d{1,2}[.)]|[一二三四五六七八九十]+[、.])\s*/u

/** Reads a cadence out of a bracket, a heading or a value; null when nothing in it is one. */
export function readCadence(text: string, place: CadencePlace): CadenceReading | null {
  const short = text.slice(0, LONGEST)
  const cron = readCron(short)
  if (cron) return cron
  const {zone, rest: timed} = takeZone(short.replace(NUMBERING, ''))
  const folded = fold(timed).replace(/[*_`~"'“”]{1,3}(?=[\s\p{P}]|$)|(?<=^|\s)[*_`"'“”]{1,3}/gu, ' ')
  const {features: found, rest} = scanCadence(folded)
  const features = found.filter((feature) => counts(feature, {place, folded, rest}))
  if (features.length === 0) return null
  const combined = combine(features)
  if (!combined) return null
  const guess = combined.guess ?? doubt(features, {cadence: combined.cadence, place, folded, rest, text: short})
  return {cadence: combined.cadence, zone, guess}
}

function readCron(text: string): CadenceReading | null {
  const expression = (CRON_WRITTEN.exec(text)?.[1] ?? CRON_BARE.exec(text)?.[1])?.trim().replace(/\s+/g, ' ')
  if (!expression) return null
  return cronProblem(expression) === null ? {cadence: {kind: 'cron', expression}, zone: null, guess: null} : null
}

interface Surroundings {
  place: CadencePlace
  folded: string
  rest: string
}

/** "2h" and "night" are a cadence only where nothing else is said beside them. */
function counts(feature: Feature, {place, folded, rest}: Surroundings): boolean {
  const isLoose =
    (feature.kind === 'every' && feature.isBare) ||
    (feature.kind === 'named-time' && feature.isGuess) ||
    feature.kind === 'month-day' ||
    feature.kind === 'off'
  if (!isLoose) return true
  if (feature.kind === 'month-day' && rest !== folded && place !== 'heading') return true
  return leftover(segmentOf(feature, {folded, rest}), {generic: feature.kind !== 'off'}) === ''
}

function combine(features: readonly Feature[]): {cadence: Cadence; guess: string | null} | null {
  const of = <Kind extends Feature['kind']>(kind: Kind) =>
    features.filter((feature): feature is Extract<Feature, {kind: Kind}> => feature.kind === kind)
  const has = (kind: Feature['kind']) => features.some((feature) => feature.kind === kind)
  if (has('off')) return features.length === 1 ? sure({kind: 'off'}) : null
  if (has('beat')) return sure({kind: 'every-beat'})
  const times = timesOf(features)
  const windowGuess = has('window') ? 'only the start of the hours it names was read' : null
  const interval = of('every').find(({isBare}) => !isBare) ?? (isTimed(features) ? undefined : of('every')[0])
  const isPlainUnit = interval && interval.fromMs === interval.toMs && interval.unit !== 'm' && interval.unit !== 'h'
  if (interval && !(isPlainUnit && (interval.toMs === DAY_MS || interval.unit === 'mo'))) {
    return {cadence: everyOf(interval), guess: intervalGuess(features, times)}
  }
  const perWeek = of('per-week')[0]
  if (perWeek)
    return perWeek.count === 1
      ? sure(weekly([], times))
      : {
          cadence: weekly(['mon', 'thu'], times),
          guess: `${perWeek.count} times a week has no days: Monday and Thursday were taken`,
        }
  const perDay = of('per-day')[0]
  if (perDay && times.length === 0) {
    if (perDay.count === 1) return sure({kind: 'daily', times: []})
    if (perDay.count > MOST_TIMES_A_DAY) return null
    return sure({kind: 'times-a-day', count: perDay.count})
  }
  const days = WEEKDAYS.filter((day) => of('weekdays').some((feature) => feature.days.includes(day)))
  const monthDays = [...new Set(of('month-day').map(({day}) => day))].sort((one, other) => one - other)
  const isMonthly = has('monthly') || has('rarer') || monthDays.length > 0 || interval?.unit === 'mo'
  if (isMonthly && days.length === 0) {
    const guess =
      has('rarer') || (interval && interval.unit === 'mo' && interval.toMs > 30 * DAY_MS)
        ? 'rarer than monthly has no form: monthly was taken'
        : windowGuess
    return {cadence: {kind: 'monthly', days: monthDays, times}, guess: guess ?? conflict(features, 'monthly')}
  }
  if (days.length === 7) return {cadence: daily(features, times), guess: windowGuess}
  if (days.length > 0 || has('weekly'))
    return {
      cadence: weekly(days, times),
      guess:
        windowGuess ??
        (isMonthly
          ? 'a weekday in a month has no form: weekly was taken'
          : days.length > 0
            ? null
            : conflict(features, 'weekly')),
    }
  return {cadence: daily(features, times), guess: windowGuess ?? namedGuess(features)}
}

function sure(cadence: Cadence): {cadence: Cadence; guess: null} {
  return {cadence, guess: null}
}

function isTimed(features: readonly Feature[]): boolean {
  return features.some(({kind}) => kind !== 'every' && kind !== 'part' && kind !== 'named-time')
}

function everyOf({fromMs, toMs}: Extract<Feature, {kind: 'every'}>): Cadence {
  const whole = (ms: number) => Math.max(1, Math.ceil(ms / MINUTE_MS)) * MINUTE_MS
  if (fromMs === toMs && toMs === 7 * DAY_MS) return {kind: 'every', fromMs, toMs}
  return {kind: 'every', fromMs: whole(fromMs), toMs: whole(toMs)}
}

function intervalGuess(features: readonly Feature[], times: readonly string[]): string | null {
  if (features.some(({kind}) => kind === 'window')) return 'the interval was read, the hours it names were not'
  if (times.length > 0) return 'the interval was read, the time of day was not'
  const isMixed = features.some(
    ({kind}) => kind === 'weekly' || kind === 'monthly' || kind === 'weekdays' || kind === 'daily',
  )
  return isMixed ? 'it names several cadences: the interval was taken' : null
}

function conflict(features: readonly Feature[], taken: string): string | null {
  const named = new Set(
    features.map(({kind}) => kind).filter((kind) => kind === 'daily' || kind === 'weekly' || kind === 'monthly'),
  )
  return named.size > 1 ? `it names several cadences: ${taken} was taken` : null
}

function namedGuess(features: readonly Feature[]): string | null {
  const named = features.find((feature) => feature.kind === 'named-time' && feature.isGuess)
  const isTimed = features.some(({kind}) => kind === 'time')
  return named && named.kind === 'named-time' && !isTimed ? `no time is named: ${named.time} was taken` : null
}

function weekly(days: readonly (typeof WEEKDAYS)[number][], times: readonly string[]): Cadence {
  return {kind: 'weekly', days, times}
}

function daily(features: readonly Feature[], times: readonly string[]): Cadence {
  const parts = new Set(features.flatMap((feature) => (feature.kind === 'part' ? [feature.part] : [])))
  const isTimed = features.some(({kind}) => kind === 'time' || kind === 'window' || kind === 'named-time')
  const [part] = parts
  return !isTimed && part && parts.size === 1 ? {kind: 'part-of-day', part} : {kind: 'daily', times}
}

/** The clock times, in order; a part of the day is one only where no time is written. */
function timesOf(features: readonly Feature[]): string[] {
  const written = features.flatMap((feature) => (feature.kind === 'time' || feature.kind === 'window' ? [feature] : []))
  const exact = features.flatMap((feature) => (feature.kind === 'named-time' && !feature.isGuess ? [feature.time] : []))
  const parts = features.flatMap((feature) => (feature.kind === 'part' ? [feature.part] : []))
  if (written.length > 0) {
    const isLate =
      (parts.includes('evening') && !parts.includes('morning')) ||
      features.some((feature) => feature.kind === 'named-time' && feature.time === '14:00')
    const times = written.map(({time, hasZero}) =>
      isLate && written.length === 1 && !hasZero && time < '12:00' && time >= '01:00' ? later(time) : time,
    )
    return unique([...times, ...exact])
  }
  if (exact.length > 0) return unique(exact)
  const near = features.flatMap((feature) => (feature.kind === 'named-time' ? [feature.time] : []))
  return unique([...parts.map((part) => (part === 'morning' ? '08:00' : '18:00')), ...near])
}

function later(time: string): string {
  return `${Number(time.slice(0, 2)) + 12}${time.slice(2)}`
}

function unique(times: readonly string[]): string[] {
  return [...new Set(times)].sort()
}

/** Why a reading is not certain: a name may hold the word, or something beside it takes it back. */
function doubt(
  features: readonly Feature[],
  {cadence, place, folded, rest, text}: Surroundings & {cadence: Cadence; text: string},
): string | null {
  if (cadence.kind === 'every-beat') return null
  if (DOUBTS.test(rest)) return `“${text.trim()}” may be an exception or be run elsewhere`
  if (features.some(isStrong) || isTimedDaily(features)) return null
  const isPlain = features.every((feature) => leftover(segmentOf(feature, {folded, rest}), {generic: true}) === '')
  if (isPlain) return null
  const first = features[0]
  const word = first ? folded.slice(first.start, first.end).trim() : ''
  return place === 'heading'
    ? `“${word}” may be part of the name “${text.trim()}”`
    : `only “${word}” was understood of “${text.trim()}”`
}

function isStrong(feature: Feature): boolean {
  return (feature.kind === 'every' && !feature.isBare) || feature.kind === 'per-day' || feature.kind === 'per-week'
}

function isTimedDaily(features: readonly Feature[]): boolean {
  const hasTime = features.some(({kind}) => kind === 'time' || kind === 'window')
  const hasRhythm = features.some(({kind}) =>
    ['daily', 'weekly', 'monthly', 'weekdays', 'part', 'per-day'].includes(kind),
  )
  return hasTime && hasRhythm
}

/** The stretch between separators in which a feature stands, with what was read blotted out. */
function segmentOf({start, end}: Feature, {folded, rest}: {folded: string; rest: string}): string {
  const boundary = (from: number, to: number) => [...folded.slice(from, to).matchAll(new RegExp(SEGMENT_END, 'gu'))]
  const before = boundary(0, start).at(-1)
  const after = boundary(end, folded.length)[0]
  const first = before ? (before.index ?? 0) + before[0].length : 0
  return rest.slice(first, after ? end + (after.index ?? 0) : rest.length)
}

function leftover(segment: string, {generic}: {generic: boolean}): string {
  const plain = segment.replaceAll(READ, ' ').replace(FILLERS, ' ')
  return (generic ? plain.replace(GENERICS, ' ') : plain).replace(/[^\p{L}\p{N}]/gu, '')
}
