import {decide} from '../../guard/decide.js'
import {mayRead} from '../../guard/may.js'
import {type AgentEntry, findAgent} from '../../workspace/agents.js'
import type {Desk} from './desk.js'
import {Refusal} from './refusal.js'

/** Whose things a call is about: the agent's own where nobody is named, another's where its contract's reads cover them. */
export async function whose(desk: Desk, named: unknown, fileOf: (agent: AgentEntry) => string): Promise<AgentEntry> {
  const agent = typeof named === 'string' ? findAgent(desk.fleet.home, named) : desk.agent
  if (agent.name !== desk.agent.name) await insistOnRead(desk, fileOf(agent))
  return agent
}

/** The guard's answer to reading this file, where it isn't a plain yes. */
async function insistOnRead(desk: Desk, path: string): Promise<void> {
  const verdict = decide(await desk.law(), {verb: 'read', target: path}, desk.facts)
  if (verdict.effect !== 'allow') throw new Refusal({...verdict, approval: null})
}

/** Whether the agent's contract lets it see this file of another. */
export async function maySee(desk: Desk, path: string): Promise<boolean> {
  return mayRead(await desk.law(), path)
}
