import {isUserError, type UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {HeartbeatFile} from './check.js'
import {readHeartbeat} from './read-heartbeat.js'

/** An agent's HEARTBEAT.md as it lies on the disk; `heartbeat` is null where there is none or where it can't be read. */
export interface AgentHeartbeat {
  readonly agent: AgentEntry
  readonly file: string
  readonly heartbeat: HeartbeatFile | null
  readonly error: UserError | null
}

/** Every agent's HEARTBEAT.md; what is wrong with one is told, not thrown. */
export async function readHeartbeats(fleet: Fleet): Promise<AgentHeartbeat[]> {
  const all: AgentHeartbeat[] = []
  for (const agent of listAgents(fleet.home)) all.push(await readOne(fleet, agent))
  return all
}

async function readOne({home, cache}: Fleet, agent: AgentEntry): Promise<AgentHeartbeat> {
  const file = agentPaths(agent).heartbeat
  try {
    const bytes = home.files.read(file)
    if (bytes === null) return {agent, file, heartbeat: null, error: null}
    const heartbeat = await cache.get('heartbeat', bytes.toString('latin1'), () => readHeartbeat(bytes, file))
    return {agent, file, heartbeat, error: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {agent, file, heartbeat: null, error}
  }
}
