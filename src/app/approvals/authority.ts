import {contractVersion} from '../../guard/approvals/contract-version.js'
import type {FoundApproval} from '../../guard/approvals/read-approvals.js'
import type {Authority} from '../../guard/approvals/state-of.js'
import {answerKeysOf} from '../../guard/people/open-person.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readContract} from '../../heartbeat/read-contract.js'
import {isUserError} from '../../kit/errors.js'
import {type AgentEntry, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'

/** By what the answers to these approvals are judged now: people, keys of this machine, the contracts that count. */
export async function openAuthority(fleet: Fleet, approvals: readonly FoundApproval[]): Promise<Authority> {
  const wanted = new Set(approvals.map(({request}) => request.agent))
  const agents = listAgents(fleet.home).filter(({name}) => wanted.has(name))
  const versions = new Map<string, string>()
  for (const agent of agents) {
    const version = await versionOf(fleet, agent)
    if (version !== null) versions.set(agent.name, version)
  }
  return {
    now: fleet.clock.now(),
    people: fleet.home.config.people,
    keys: answerKeysOf(fleet.mcos),
    contractOf: (agent) => versions.get(agent) ?? null,
  }
}

/** null: the contract can't be read, and so nothing is approved for that agent. */
async function versionOf(fleet: Fleet, agent: AgentEntry): Promise<string | null> {
  try {
    const {contract} = await readContract(fleet, agent, readCommittedLaw(fleet, [agent]))
    return contractVersion(contract)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
