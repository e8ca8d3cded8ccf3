import {UserError} from '../kit/errors.js'
import {newId} from '../kit/ids.js'
import type {Staging} from '../kit/staging.js'
import type {Fleet} from '../workspace/fleet.js'
import {type BeatState, beatStatePath, formatBeatState, parseBeatState} from './beat-state.js'

/** The memory of an agent's beats on this machine; null when it has none yet. */
export function readBeatState({mcos}: Fleet, agent: string): BeatState | null {
  const text = mcos.readText(beatStatePath(agent))
  return text === null ? null : parseBeatState(text, `.mcos/${beatStatePath(agent)}`)
}

/** Puts a memory that can't be read out of the way, so that the next beat starts from what was committed. */
export function setAsideBeatState({mcos, clock}: Fleet, agent: string, cause: UserError): UserError {
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
