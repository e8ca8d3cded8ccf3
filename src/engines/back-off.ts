import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import {type EngineState, listStates, readState, stateFile, withState} from './engine-state.js'

/** Until when no process of this machine asks an engine, and why. */
export interface BackOff {
  /** Milliseconds since the epoch. */
  readonly until: number
  readonly why: string
}

export interface BackingOff extends BackOff {
  readonly engine: string
  /** Failures in a row. */
  readonly failures: number
}

export interface Failure {
  readonly now: number
  readonly why: string
  /** From 0 to 1: spreads those who wait, and only ever to later. */
  readonly random: number
  /** The provider's own minimum. */
  readonly retryAfterMs?: number
}

const FOLDER = 'back-off'
const LOCK = '_back-off'

const FIRST_MS = 500
const LONGEST_MS = 300_000
/** A provider that asks for more is asked again after this; and a time that lies further off comes from a clock that jumped. */
const MOST_BELIEVED_MS = 86_400_000
/** Waits grow by up to this part. */
const JITTER = 0.25
/** Machines that keep good time set their clocks back by less. */
const CLOCK_SLACK_MS = 60_000

interface Kept extends EngineState {
  readonly failures: number
  readonly at: number
  readonly until: number
  readonly why: string
}

/** Whether an engine is to be left alone now; asked by every process before each request. */
export function readBackOff(mcos: Folder, engine: string, now: number): BackOff | null {
  const kept = readState(mcos, stateFile(FOLDER, engine), parseKept)
  return kept && isInForce(kept, now) ? {until: kept.until, why: kept.why} : null
}

/** After a failure: everybody waits, longer with each failure in a row, and never less than the provider asks for. */
export function noteFailure(mcos: Folder, engine: string, failure: Failure): void {
  const {now, why, random, retryAfterMs = 0} = failure
  withState<Kept, void>(mcos, LOCK, (write) => {
    const file = stateFile(FOLDER, engine)
    const kept = readState(mcos, file, parseKept)
    const isWaiting = kept !== null && isInForce(kept, now)
    // Twenty calls that were under way together fail together: that is one failure, not twenty in a row.
    const failures = isWaiting ? kept.failures : Math.min((kept?.failures ?? 0) + 1, 64)
    const growing = isWaiting ? 0 : Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS)
    const waitMs = Math.min(Math.max(growing, retryAfterMs) * (1 + JITTER * random), MOST_BELIEVED_MS)
    const until = Math.max(Math.ceil(now + waitMs), isWaiting ? kept.until : 0)
    write(file, {engine, failures, at: now, until, why})
  })
}

/** After an answer: the next failure is the first one again. A wait that is on stays: the answer was asked for before it. */
export function noteSuccess(mcos: Folder, engine: string): void {
  const file = stateFile(FOLDER, engine)
  // Nearly always there is nothing to forget, and then nothing is locked.
  if (!readState(mcos, file, parseKept)?.failures) return
  withState<Kept, void>(mcos, LOCK, (write) => {
    const kept = readState(mcos, file, parseKept)
    if (kept) write(file, {...kept, failures: 0})
  })
}

/** All that are left alone now. */
export function listBackOffs(mcos: Folder, now: number): BackingOff[] {
  return listStates(mcos, FOLDER, parseKept)
    .filter(({state}) => isInForce(state, now))
    .map(({state: {engine, failures, until, why}}) => ({engine, failures, until, why}))
}

function isInForce({at, until}: Kept, now: number): boolean {
  return now < until && until - now <= MOST_BELIEVED_MS + CLOCK_SLACK_MS && at <= now + CLOCK_SLACK_MS
}

function parseKept(value: unknown): Kept | null {
  if (!isRecord(value)) return null
  const {engine, failures, at, until, why} = value
  const isWhole = typeof engine === 'string' && typeof why === 'string' && [failures, at, until].every(Number.isFinite)
  return isWhole ? (value as unknown as Kept) : null
}
