import type {LifecycleState} from '../fleet/lifecycle.js'
import type {Fleet} from '../workspace/fleet.js'
import {readSouls} from '../workspace/read-souls.js'
import type {AgentStatus} from './status/agent-status.js'
import {statusOf} from './status.js'

/** The agents of a fleet with where each stands in its life; the keys are a promise to programs. */
export interface FleetList {
  readonly fleet: string
  /** This machine, as `host:` in a SOUL.md means it. */
  readonly host: string
  readonly agents: readonly FleetMember[]
  /** What lies under workspaces/ and is no agent, as its name is none. */
  readonly strangers: readonly string[]
}

/** One agent of the list, by name. */
export interface FleetMember extends Pick<AgentStatus, 'agent' | 'role' | 'stopped' | 'parked' | 'warm' | 'last_beat'> {
  readonly state: LifecycleState
  /** The only machine it runs on; null: whichever has the fleet. */
  readonly host: string | null
  /** Its folder, from the home. */
  readonly path: string
}

/** Every agent with its state, as the status tells it, and what its SOUL.md says of where and how it is kept. */
export async function listFleet(fleet: Fleet): Promise<FleetList> {
  const {agents, strangers} = await statusOf(fleet, () => true)
  const souls = new Map((await readSouls(fleet)).map((read) => [read.agent.name, read]))
  return {
    fleet: fleet.home.config.name,
    host: fleet.host,
    strangers,
    agents: agents.map(({agent, role, state, stopped, parked, warm, last_beat}) => ({
      agent,
      state,
      stopped,
      parked,
      warm,
      role,
      host: souls.get(agent)?.soul?.host ?? null,
      last_beat,
      path: souls.get(agent)?.agent.path ?? '',
    })),
  }
}
