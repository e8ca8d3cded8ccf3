import {isUserError, type UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths, listAgents} from './agents.js'
import type {Fleet} from './fleet.js'
import {parseSoul} from './parse-soul.js'
import type {Soul} from './soul.js'

/** An agent's SOUL.md as it lies on the disk; `soul` is null where there is none or where it can't be read. */
export interface AgentSoul {
  readonly agent: AgentEntry
  readonly file: string
  readonly text: string | null
  readonly soul: Soul | null
  readonly error: UserError | null
}

/** Every agent's SOUL.md; what is wrong with one is told, not thrown. */
export async function readSouls(fleet: Fleet): Promise<AgentSoul[]> {
  const souls: AgentSoul[] = []
  for (const agent of listAgents(fleet.home)) souls.push(await readSoul(fleet, agent))
  return souls
}

/** Agents whose machine this is: those that name it, and those that name none; with `isHere: false`, the others. */
export async function readSoulsHere(fleet: Fleet, {isHere = true}: {isHere?: boolean} = {}): Promise<AgentSoul[]> {
  return (await readSouls(fleet)).filter(({soul}) => (!soul?.host || soul.host === fleet.host) === isHere)
}

async function readSoul({home, cache}: Fleet, agent: AgentEntry): Promise<AgentSoul> {
  const file = agentPaths(agent).soul
  let text: string | null = null
  try {
    text = home.files.readText(file)
    const soul = text === null ? null : await cache.get('soul', text, () => parseSoul(text ?? '', file))
    return {agent, file, text, soul, error: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {agent, file, text, soul: null, error}
  }
}
