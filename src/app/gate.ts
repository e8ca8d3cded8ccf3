import {NO_FACTS} from '../guard/action.js'
import {decide} from '../guard/decide.js'
import {readStop, type Stop} from '../guard/stop.js'
import {EXIT, UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths, findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {ActsFor} from './speaker.js'

/** What an agent is about to do by a command of ours; null where its contract has no word for it (its own inbox). */
export interface Deed {
  readonly verb: 'message' | 'write' | `alert.${string}`
  /** The recipient, the path, or what the alert is about. */
  readonly target: string
}

/** The door for agents that call our commands themselves: the stop file first, then their contract. People pass. */
export async function passGate(fleet: Fleet, actor: ActsFor, deed: Deed | null): Promise<void> {
  if (actor.kind === 'person' || actor.by === 'person') return
  const agent = findAgent(fleet.home, actor.name)
  const stop = readStop(fleet.mcos, agent.name)
  if (stop !== null) throw stopped(agent.name, stop)
  if (deed === null) return
  const [{readLawAnyhow}, {readCommittedLaw}] = await Promise.all([
    import('../heartbeat/read-law.js'),
    import('../heartbeat/committed-law.js'),
  ])
  const law = await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
  const {effect, reason} = decide(law, deed, NO_FACTS)
  if (effect !== 'allow') throw refused(agent, deed, reason)
}

function stopped(agent: string, {scope}: Stop): UserError {
  return new UserError(`${scope === 'fleet' ? 'The fleet' : agent} is stopped, so ${agent} does nothing.`, {
    code: 'STOPPED',
    fix: scope === 'fleet' ? 'mcos resume' : `mcos resume ${agent}`,
    exit: EXIT.refused,
  })
}

function refused(agent: AgentEntry, {verb, target}: Deed, reason: string): UserError {
  return new UserError(`${agent.name} may not ${verb} ${target}: ${reason}.`, {
    code: 'REFUSED',
    fix: `A person may allow it in ${agentPaths(agent).soul}; it counts after: mcos commit`,
    exit: EXIT.refused,
  })
}
