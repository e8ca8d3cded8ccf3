import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import {nextDayBegins} from './budget/day.js'
import {type EngineState, listStates, readState, stateFile, withState} from './engine-state.js'

/** An engine with one key that isn't asked on this machine, and why. */
export interface Aside extends EngineState {
  readonly reason: string
  readonly detail: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** null: until its key or its config changes, which makes it another identity. */
  readonly until: number | null
}

export interface AsideRequest {
  readonly engine: string
  readonly identity: string
  readonly reason: string
  readonly detail: string
  readonly now: number
  /** The fleet's zone, whose midnight begins the next day. */
  readonly zone: string
  readonly until: 'until-changed' | 'until-tomorrow'
}

const FOLDER = 'aside'
const LOCK = '_aside'

/** The longest day of any zone has 25 hours, and a date line crossed another day: what lies further off was a wrong clock's. */
const MOST_BELIEVED_MS = 50 * 3_600_000
const CLOCK_SLACK_MS = 60_000
/** A key that was changed long ago leaves its file behind. */
const FORGOTTEN_MS = 90 * 86_400_000

/** Whether an engine, named by the identity of its settings and key, is put aside now. */
export function readAside(mcos: Folder, identity: string, now: number): Aside | null {
  const aside = readState(mcos, stateFile(FOLDER, identity), parseAside)
  return aside && isInForce(aside, now) ? aside : null
}

/** Puts an engine aside for all processes of this machine; `isNew` for exactly one of those who find out together. */
export function putAside(mcos: Folder, request: AsideRequest): {readonly isNew: boolean} {
  const {engine, identity, reason, detail, now, zone} = request
  return withState<Aside, {readonly isNew: boolean}>(mcos, LOCK, (write) => {
    if (readAside(mcos, identity, now)) return {isNew: false}
    const until = request.until === 'until-tomorrow' ? nextDayBegins(now, zone) : null
    const aside: Aside = {engine, reason, detail, at: now, until}
    write(stateFile(FOLDER, identity), aside)
    forget(mcos, now)
    return {isNew: true}
  })
}

/** All that are put aside now, each with its file below `.mcos`: without it, the engine is asked again. */
export function listAside(mcos: Folder, now: number): (Aside & {readonly file: string})[] {
  return listStates(mcos, FOLDER, parseAside)
    .filter(({state}) => isInForce(state, now))
    .map(({file, state}) => ({...state, file}))
}

function isInForce({at, until}: Aside, now: number): boolean {
  if (until === null) return true
  return now < until && until - now <= MOST_BELIEVED_MS && at <= now + CLOCK_SLACK_MS
}

function forget(mcos: Folder, now: number): void {
  for (const {file, state} of listStates(mcos, FOLDER, parseAside)) {
    if (now - (state.until ?? state.at) > FORGOTTEN_MS) mcos.remove(file, {sync: false})
  }
}

function parseAside(value: unknown): Aside | null {
  if (!isRecord(value)) return null
  const {engine, reason, detail, at, until} = value
  const isWhole =
    [engine, reason, detail].every((word) => typeof word === 'string') &&
    Number.isFinite(at) &&
    (until === null || Number.isFinite(until))
  return isWhole ? (value as unknown as Aside) : null
}
