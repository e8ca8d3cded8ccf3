import {realpathSync} from 'node:fs'
import {isUserError} from '../../kit/errors.js'
import {type AgentEntry, agentAt} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'

type Environment = Readonly<Record<string, string | undefined>>

/** The agent in whose folder a session stands; null: it stands in no agent's folder, and then a hook has nothing to do. */
export async function agentOfSession(cwd: string, env: Environment): Promise<{fleet: Fleet; agent: AgentEntry} | null> {
  let dir: string
  try {
    dir = realpathSync(cwd)
  } catch {
    // A folder that is gone is no agent's.
    return null
  }
  const fleet = await openNearest(dir, env)
  const agent = fleet === null ? null : agentAt(fleet.home, dir)
  return fleet === null || agent === null ? null : {fleet, agent}
}

async function openNearest(cwd: string, env: Environment): Promise<Fleet | null> {
  try {
    return await openFleet({cwd, env: {...env, MCOS_HOME: undefined}})
  } catch (error) {
    if (isUserError(error) && error.code === 'NO_FLEET') return null
    throw error
  }
}
