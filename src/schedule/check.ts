/** When a check is due, as plain data; `formatCadence` gives its one normal form. */
export type Cadence =
  | {kind: 'every-beat'}
  /** Equal bounds are a plain interval; between different bounds it joins a turn that happens anyway. */
  | {kind: 'every'; fromMs: number; toMs: number}
  /** Times are 'HH:MM', ascending; none means the day's first beat. */
  | {kind: 'daily'; times: readonly string[]}
  | {kind: 'part-of-day'; part: 'morning' | 'evening'}
  /** Evenly spread over 08:00 to 20:00. */
  | {kind: 'times-a-day'; count: number}
  /** No day means Monday; no time means the day's first beat. */
  | {kind: 'weekly'; days: readonly Weekday[]; times: readonly string[]}
  /** No day means the 1st; a day the month lacks is its last one. */
  | {kind: 'monthly'; days: readonly number[]; times: readonly string[]}
  | {kind: 'cron'; expression: string}
  | {kind: 'off'}

/** Days in the order a week is written here; the position is not JavaScript's getDay(). */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** One day of the week by its three English letters. */
export type Weekday = (typeof WEEKDAYS)[number]

/** What happens to a slot that no beat met: let go (after an hour), run once late, or run only within that time. */
export type Missed = 'skip' | 'run-once' | {withinMs: number}

/** A section is work with a cadence, context for the model, or a board that people keep. */
export type CheckKind = 'check' | 'policy' | 'status'

/** A code span that code runs before any model is asked. */
export interface ProbeCall {
  word: string
  /** What follows the word, blanks collapsed. */
  args: string
  /** The span exactly as written: what `mcos trust` shows. */
  text: string
  line: number
  /** Word and arguments: the same call has the same key wherever it stands. */
  key: string
}

/** One section of a HEARTBEAT.md as it was read; plain JSON, because it is cached. */
export interface Check {
  id: string
  /** The heading without marks and without the bracket its cadence was read from. */
  title: string
  /** The heading's line; of the first line with text in a file without headings. */
  line: number
  kind: CheckKind
  cadence: Cadence
  /** Where the cadence was read; null when nothing named one. */
  cadenceLine: number | null
  /** Why the reading is not certain; null when it is. `--strict` fails on it. */
  guess: string | null
  off: boolean
  /** What the model is asked: the body without comments and without items that are ticked or struck out. */
  prose: string
  probes: readonly ProbeCall[]
  recover: {text: string; line: number} | null
  timeoutMs: number | null
  missed: Missed
  /** The zone its clock times are in; null means the fleet's. */
  zone: string | null
}

/** Hours in which judgement and what isn't urgent stay silent; 'HH:MM', the end not included. */
export interface QuietHours {
  from: string
  to: string
  zone: string | null
  line: number
}

/** Something that was read otherwise than its writer may think, with its place. */
export interface HeartbeatWarning {
  line: number
  message: string
}

/** A whole HEARTBEAT.md: every section in file order. */
export interface HeartbeatFile {
  checks: readonly Check[]
  quiet: QuietHours | null
  warnings: readonly HeartbeatWarning[]
  /** Nothing is asked for: blank lines, headings, comments, empty boxes, a lone HEARTBEAT_OK, a shipped template. */
  isEmpty: boolean
  /** Text above the first section that is no check itself: context for the model. */
  preamble: string
}
