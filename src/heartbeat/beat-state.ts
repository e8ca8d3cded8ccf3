import {EXIT, UserError} from '../kit/errors.js'
import {isRecord} from '../kit/is-record.js'
import type {PreviousReading} from '../probes/compare.js'

/** Something a probe found broken and that has not come back yet. Times are milliseconds since the epoch. */
export interface Outage {
  readonly since: number
  readonly detail: string
  /** What the trusted recovery did; null when there was none to try. It is tried once an outage. */
  readonly recovery: string | null
  /** The idempotency key of the page that was sent; null while nobody has been paged. */
  readonly page: string | null
}

export interface CheckState {
  readonly lastRun: number | null
  /** A run that lies after `lastRun`, because the clock was set back since. */
  readonly ahead: number | null
  readonly nextDue: number | null
  readonly readings: Readonly<Record<string, PreviousReading>>
  readonly outages: Readonly<Record<string, Outage>>
}

/** What this machine remembers between an agent's beats: cadence, fingerprints, open outages. */
export interface BeatState {
  readonly version: 1
  readonly lastBeat: number | null
  /** Names the HEARTBEAT.md, time zone and settings for which the `nextDue` times were worked out. */
  readonly planKey: string | null
  readonly checks: Readonly<Record<string, CheckState>>
}

export const NEW_BEAT_STATE: BeatState = {version: 1, lastBeat: null, planKey: null, checks: {}}
export const NEW_CHECK_STATE: CheckState = {lastRun: null, ahead: null, nextDue: null, readings: {}, outages: {}}

/** What is remembered of one check; of a new one nothing. */
export function checkStateOf({checks}: BeatState, id: string): CheckState {
  return (Object.hasOwn(checks, id) ? checks[id] : null) ?? NEW_CHECK_STATE
}

/** Where an agent's state lies, below `.mcos/`. */
export function beatStatePath(agent: string): string {
  return `beats/${agent}.json`
}

export function formatBeatState(state: BeatState): string {
  return `${JSON.stringify(state)}\n`
}

/** Refuses what isn't wholly a state of ours: a half-read memory would repeat effects. */
export function parseBeatState(text: string, file: string): BeatState {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw corrupt(file, 'it is no JSON', cause)
  }
  if (!isBeatState(value)) throw corrupt(file, 'fields are missing or of the wrong kind')
  return value
}

function isBeatState(value: unknown): value is BeatState {
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['checks'])) return false
  if (!isTime(value['lastBeat']) || !isText(value['planKey'])) return false
  return Object.values(value['checks']).every(isCheckState)
}

function isCheckState(value: unknown): value is CheckState {
  if (!isRecord(value) || !['lastRun', 'ahead', 'nextDue'].every((key) => isTime(value[key]))) return false
  const {readings, outages} = value
  if (!isRecord(readings) || !isRecord(outages)) return false
  return Object.values(readings).every(isReading) && Object.values(outages).every(isOutage)
}

function isReading(value: unknown): value is PreviousReading {
  if (!isRecord(value) || typeof value['fingerprint'] !== 'string') return false
  const {level, before} = value
  return (
    ['ok', 'alert', 'failed'].includes(String(level)) && (before === undefined || before === null || isReading(before))
  )
}

function isOutage(value: unknown): value is Outage {
  if (!isRecord(value) || typeof value['since'] !== 'number' || typeof value['detail'] !== 'string') return false
  return isText(value['recovery']) && isText(value['page'])
}

function isTime(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isFinite(value))
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function corrupt(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`${file} can't be read: ${why}.`, {
    code: 'STATE_CORRUPT',
    fix: 'mcos fsck',
    exit: EXIT.failed,
    cause,
  })
}
