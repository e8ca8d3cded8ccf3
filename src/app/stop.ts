import {planStop, stopPath} from '../guard/stop.js'
import {findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {personHere} from './speaker.js'

/** What stands still now, or goes on again. */
export interface StopState {
  /** null: the whole fleet. */
  readonly agent: string | null
  readonly stopped: boolean
  /** The file that says so, from the home. */
  readonly file: string
  /** Whether this command made a difference. */
  readonly changed: boolean
}

/** Lays down the stop file, which is read before every effect; one that lies there already stays as it is. */
export function stopFleet(fleet: Fleet, {agent: typed, why}: {agent: string | null; why: string | null}): StopState {
  const agent = typed === null ? null : findAgent(fleet.home, typed).name
  const {path, content} = planStop({
    agent,
    who: personHere(fleet.home),
    when: new Date(fleet.clock.now()).toISOString(),
    why,
  })
  const changed = fleet.mcos.stat(path) === null
  if (changed) fleet.mcos.write(path, content)
  return {agent, stopped: true, file: `.mcos/${path}`, changed}
}

/** Takes the stop file away. An agent stays stopped as long as the fleet is. */
export function resumeFleet(fleet: Fleet, typed: string | null): StopState {
  const agent = typed === null ? null : findAgent(fleet.home, typed).name
  const path = stopPath(agent)
  const changed = fleet.mcos.stat(path) !== null
  if (changed) fleet.mcos.remove(path)
  return {agent, stopped: agent !== null && fleet.mcos.stat(stopPath(null)) !== null, file: `.mcos/${path}`, changed}
}
