import {realpathSync} from 'node:fs'
import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import {type AgentEntry, agentAt, findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a hook looks: the home that it was installed for, or the nearest one upwards from the session's folder. */
export interface HookPlace {
  /** From `--home`; null: it wasn't given. */
  readonly home: string | null
  readonly env: Environment
}

/** The agent in whose folder a session stands; null: it stands in no agent's folder, and then a hook has nothing to do. */
export async function agentOfSession(cwd: string, place: HookPlace): Promise<{fleet: Fleet; agent: AgentEntry} | null> {
  const dir = realFolder(cwd)
  const fleet = dir === null ? null : await fleetOfSession(dir, place)
  const agent = fleet === null || dir === null ? null : agentAt(fleet.home, dir)
  return fleet === null || agent === null ? null : {fleet, agent}
}

/** null: there is none, and none was promised. With `--home` one was: then its absence is a fault. */
export async function fleetOfSession(cwd: string, {home, env}: HookPlace): Promise<Fleet | null> {
  try {
    return await openFleet({cwd, env: {...env, MCOS_HOME: undefined}, ...(home === null ? {} : {home})})
  } catch (error) {
    if (home === null && isUserError(error) && error.code === 'NO_FLEET') return null
    throw error
  }
}

/**
 * For whom a session acts: whom the environment names (and proves by the token), whoever it was before, or in whose folder
 * the host was started. null: nobody's, so a person's.
 */
export function whoseSession(
  {home}: Pick<Fleet, 'home'>,
  {env, cwd, known}: {env: Environment; cwd: string; known: string | null},
): AgentEntry | null {
  const {MCOS_AGENT: name, MCOS_TOKEN: token} = env
  if (name !== undefined || token !== undefined) {
    const agent = findAgent(home, name ?? '')
    const key = findPrivateKey(home.files, agent.name)
    if (key !== null && token === agentToken(key)) return agent
    throw new UserError(`MCOS_TOKEN is not the token of ${agent.name} on this machine`, {
      code: 'BAD_TOKEN',
      fix: 'Start the program without MCOS_AGENT, or let the agent do it in a turn.',
      exit: EXIT.refused,
    })
  }
  if (known !== null) return findAgent(home, known)
  // The host's own word for where it was started holds against a `cd`.
  const started = realFolder(env['CLAUDE_PROJECT_DIR'] ?? env['GEMINI_PROJECT_DIR'] ?? '')
  return (started === null ? null : agentAt(home, started)) ?? agentAt(home, realFolder(cwd) ?? cwd)
}

function realFolder(path: string): string | null {
  try {
    return path === '' ? null : realpathSync(path)
  } catch {
    // A folder that is gone is no agent's.
    return null
  }
}
