import {isUserError, UserError} from '../kit/errors.js'
import {newId} from '../kit/ids.js'
import type {Staging} from '../kit/staging.js'
import type {Fleet} from '../workspace/fleet.js'
import {type BeatState, beatStatePath, formatBeatState, parseBeatState} from './beat-state.js'

/** The memory of an agent's beats on this machine; null when it has none yet. */
export function readBeatState({mcos}: Fleet, agent: string): BeatState | null {
  const text = mcos.readText(beatStatePath(agent))
  return text === null ? null : parseBeatState(text, `.mcos/${beatStatePath(agent)}`)
}

/** The same for a first look: a memory that is damaged counts as none, and the beat that needs it tells of it. */
export function peekBeatState(fleet: Fleet, agent: string): BeatState | null {
  try {
    return readBeatState(fleet, agent)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

/** The same for who holds the agent's lock: a damaged memory is told and put out of the way of the next beat. */
export function readOwnBeatState(fleet: Fleet, agent: string): BeatState | null {
  try {
    return readBeatState(fleet, agent)
  } catch (error) {
    if (!isUserError(error) || error.code !== 'STATE_CORRUPT') throw error
    throw setAsideBeatState(fleet, agent, error)
  }
}

function setAsideBeatState({mcos, clock}: Fleet, agent: string, cause: UserError): UserError {
  const to = `quarantine/beats-${agent}-${newId(clock)}.json`
  mcos.move(beatStatePath(agent), to)
  return new UserError(`${cause.message} It was set aside as .mcos/${to}; the next beat starts from the daily log.`, {
    code: cause.code,
    fix: cause.suggestions,
    exit: cause.exit,
    cause,
  })
}

export interface WriteStateOptions {
  readonly staging: Staging
  /** Whether the state must outlive a power cut: only where an effect depends on it. */
  readonly sync: boolean
}

export function writeBeatState({mcos}: Fleet, agent: string, state: BeatState, options: WriteStateOptions): void {
  mcos.write(beatStatePath(agent), formatBeatState(state), options)
}
