import type {AgentEntry} from '../workspace/agents.js'
import type {Contract} from '../workspace/soul.js'
import {type Action, type Law, NO_FACTS} from './action.js'
import {decide} from './decide.js'

/** What a contract alone says, without the fleet's guardrails: for looking at one, never for acting on it. */
export function lawOfContract(contract: Contract | null, agent: Pick<AgentEntry, 'name' | 'path'>): Law {
  return {agent, others: [], contract, soul: null, rules: [], trouble: null}
}

/** Whether this host, written `name` or `name:port`, may be fetched from. */
export function mayFetch(law: Law, host: string): boolean {
  return isAllowed(law, {verb: 'fetch', target: host})
}

/** Whether this may be done without asking anybody. */
export function mayDo(law: Law, verb: string): boolean {
  return isAllowed(law, {verb, target: ''})
}

/** Whether this may be done, or a person be asked for it: then an agent is told that it exists. */
export function mayTry(law: Law, verb: string): boolean {
  return decide(law, {verb, target: ''}, NO_FACTS).effect !== 'deny'
}

/** Whether this path, relative to the home and without links, may be read. */
export function mayRead(law: Law, path: string): boolean {
  return isAllowed(law, {verb: 'read', target: path})
}

/** Whether this path may be written by the agent itself; operating files never are. */
export function mayWrite(law: Law, path: string): boolean {
  return isAllowed(law, {verb: 'write', target: path})
}

function isAllowed(law: Law, action: Action): boolean {
  return decide(law, action, NO_FACTS).effect === 'allow'
}
