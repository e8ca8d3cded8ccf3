import {EXIT, UserError} from '../../kit/errors.js'
import {formatDuration, parseDuration} from '../../schedule/duration.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Once or twice a day is in the morning, and twelve hours later. */
const MORNING = 8

/** The moments of a day: `step` from `first` on, either of every hour's minutes or of the day's hours. */
interface Slots {
  readonly unit: 'minute' | 'hour'
  readonly step: number
  readonly first: number
}

/** Only what divides an hour or a day comes round evenly: `*\/45` would be :00, :45 and again :00. */
const PACES: readonly {readonly ms: number; readonly slots: Slots}[] = [
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((step) => ({
    ms: step * MINUTE_MS,
    slots: {unit: 'minute', step, first: 0} as const,
  })),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map((step) => ({
    ms: step * HOUR_MS,
    slots: {unit: 'hour', step, first: step < 12 ? 0 : MORNING} as const,
  })),
]

/** All the paces that a schedule can have, in milliseconds. */
export const EVERY = PACES.map(({ms}) => ms)

/** `30m` as milliseconds; what no calendar can say evenly is refused with the paces next to it. */
export function parseEvery(text: string): number {
  const ms = parseDuration(text)
  if (ms === null) {
    throw badEvery(`${JSON.stringify(text)} is no pace.`, 'mcos service install --every 30m')
  }
  if (EVERY.includes(ms)) return ms
  const [below, above] = [EVERY.findLast((one) => one < ms), EVERY.find((one) => one > ms)]
  const near = [below, above].flatMap((one) => (one === undefined ? [] : [one]))
  near.sort((one, other) => Math.abs(one - ms) - Math.abs(other - ms))
  const why =
    below === undefined
      ? 'No scheduler goes faster than a minute.'
      : above === undefined
        ? 'A fleet beats once a day at least; what is due more rarely says so in HEARTBEAT.md.'
        : `${text} divides neither an hour nor a day, so the beats would not be evenly spaced.`
  throw badEvery(
    why,
    near.map((one) => `mcos service install --every ${formatDuration(one)}`),
  )
}

/** The pace as five fields of cron. */
export function cronOf(everyMs: number): string {
  const {unit, step, first} = slotsOf(everyMs)
  if (unit === 'minute') return `${step === 1 ? '*' : `*/${step}`} * * * *`
  if (first > 0) return `0 ${hoursOf({step, first}).join(',')} * * *`
  return `0 ${step === 1 ? '*' : `*/${step}`} * * *`
}

/** The pace as systemd's OnCalendar, in the form that systemd-analyze calendar calls normal. */
export function onCalendarOf(everyMs: number): string {
  const {unit, step, first} = slotsOf(everyMs)
  if (unit === 'minute') return `*-*-* *:${step === 1 ? '*' : `00/${step}`}:00`
  if (first > 0) return `*-*-* ${hoursOf({step, first}).map(twoDigits).join(',')}:00:00`
  return `*-*-* ${step === 1 ? '*' : `00/${step}`}:00:00`
}

/** The pace as launchd's list of moments, each of which it makes up for once after sleep. */
export function calendarOf(everyMs: number): readonly {readonly Hour?: number; readonly Minute: number}[] {
  const {unit, step, first} = slotsOf(everyMs)
  if (unit === 'minute') return range(0, 60, step).map((Minute) => ({Minute}))
  if (step === 1) return [{Minute: 0}]
  return hoursOf({step, first}).map((Hour) => ({Hour, Minute: 0}))
}

/** The pace whose text, as `write` gives it, is this one; null: it was written by somebody else. */
export function paceOf(text: string, write: (everyMs: number) => string): number | null {
  return EVERY.find((ms) => write(ms) === text) ?? null
}

function slotsOf(everyMs: number): Slots {
  const pace = PACES.find(({ms}) => ms === everyMs)
  if (!pace) throw new RangeError(`no pace: ${everyMs} ms`)
  return pace.slots
}

function hoursOf({step, first}: Pick<Slots, 'step' | 'first'>): number[] {
  return range(first % step, 24, step)
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({length: Math.ceil((to - from) / step)}, (_, index) => from + index * step)
}

function twoDigits(hour: number): string {
  return String(hour).padStart(2, '0')
}

function badEvery(message: string, fix: string | readonly string[]): UserError {
  return new UserError(message, {code: 'BAD_EVERY', fix, exit: EXIT.usage})
}
