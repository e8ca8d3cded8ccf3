import {UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import {effectiveContract} from '../workspace/contract.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract, Soul} from '../workspace/soul.js'
import type {CommittedLaw} from './committed-law.js'

/** An agent's SOUL.md and the contract that counts; `text` is the file as it lies there, null: there is none. */
export interface ContractInForce {
  readonly soul: Soul | null
  readonly contract: Contract
  readonly text: string | null
}

/** The contract that counts; one that can't be read stops this agent, never "no rules". */
export async function readContract(fleet: Fleet, agent: AgentEntry, committed: CommittedLaw): Promise<ContractInForce> {
  const file = agentPaths(agent).soul
  const text = fleet.home.files.readText(file)
  const soul = text === null ? null : await parse(fleet, text, file)
  const before = text !== null && committed.isCommitted(agent, text) ? text : committed.textOf(agent)
  const committedSoul = before === null ? null : await parse(fleet, before, `${file} (as committed)`)
  const effective = effectiveContract({agent, disk: soul, committed: committedSoul})
  if (effective.kind === 'contract') return {soul, contract: effective.contract, text}
  throw new UserError(`${file}: ${effective.reason}`, {code: 'CONTRACT_LOST', fix: `git restore ${file}`})
}

function parse(fleet: Fleet, text: string, file: string): Promise<Soul> {
  return fleet.cache.get('soul', text, async () => (await import('../workspace/parse-soul.js')).parseSoul(text, file))
}
