import {closeSync, openSync} from 'node:fs'
import {planStop, readStop, stopPath} from '../guard/stop.js'
import {isUserError} from '../kit/errors.js'
import {findAgent, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {personHere} from './speaker.js'

/** What stands still now, or goes on again. */
export interface StopState {
  /** null: the whole fleet. */
  readonly agent: string | null
  /** Whether it stands still now, by its own file or the fleet's. */
  readonly stopped: boolean
  /** The file this command was about, from the home. */
  readonly file: string
  /** Whether this command made a difference. */
  readonly changed: boolean
  /** Stop files that lie there now: the fleet's and, for the whole fleet, those of single agents. */
  readonly holding: readonly string[]
}

/** What is to stand still, and who says so. */
export interface StopRequest {
  readonly agent: string | null
  readonly why: string | null
  /** Where that is not whoever is at this machine: a person over a channel. */
  readonly who?: string
}

/** Lays down the stop file, which is read before every effect; one that lies there already stays as it is. */
export function stopFleet(fleet: Fleet, {agent: typed, why, who}: StopRequest): StopState {
  const agent = typed === null ? null : findAgent(fleet.home, typed).name
  const {path, content} = planStop({
    agent,
    who: who ?? fleet.env['MCOS_AGENT'] ?? whoIsHere(fleet),
    when: new Date(fleet.clock.now()).toISOString(),
    why,
  })
  const changed = fleet.mcos.stat(path) === null
  if (changed) layDown(fleet, path, content)
  return stateNow(fleet, {agent, changed})
}

/** A full disk must not keep anything from being stopped: an empty file needs no room, and says enough. */
function layDown({mcos}: Fleet, path: string, content: string): void {
  try {
    mcos.write(path, content)
  } catch (error) {
    if (!isUserError(error) || error.code !== 'DISK_FULL') throw error
    closeSync(openSync(`${mcos.dir}/${path}`, 'wx', 0o600))
  }
}

/** Takes the stop file away. An agent stays stopped as long as the fleet is. */
export function resumeFleet(fleet: Fleet, typed: string | null): StopState {
  const agent = typed === null ? null : findAgent(fleet.home, typed).name
  const path = stopPath(agent)
  const changed = fleet.mcos.stat(path) !== null
  if (changed) fleet.mcos.remove(path)
  return stateNow(fleet, {agent, changed})
}

/** To stop is anybody's right: a name that is in doubt must not hold it up. */
function whoIsHere({home}: Fleet): string {
  try {
    return personHere(home)
  } catch (error) {
    if (isUserError(error)) return 'somebody'
    throw error
  }
}

function stateNow({home, mcos}: Fleet, {agent, changed}: Pick<StopState, 'agent' | 'changed'>): StopState {
  const agents = agent === null ? listAgents(home).map(({name}) => name) : [agent]
  const files = [null, ...agents].map(stopPath).filter((path) => mcos.stat(path) !== null)
  return {
    agent,
    stopped: readStop(mcos, agent) !== null,
    file: `.mcos/${stopPath(agent)}`,
    changed,
    holding: files.map((path) => `.mcos/${path}`),
  }
}
