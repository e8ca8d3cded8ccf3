import {UserError} from '../kit/errors.js'
import type {HeartbeatFile} from '../schedule/check.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import {effectiveContract} from '../workspace/contract.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract, Soul} from '../workspace/soul.js'
import type {CommittedSouls} from './committed-souls.js'

/** What a beat knows of an agent before it looks at the world. */
export interface AgentView {
  readonly agent: AgentEntry
  readonly soul: Soul | null
  readonly contract: Contract
  readonly heartbeat: HeartbeatFile
  /** Names the texts that what is due depends on. */
  readonly planKey: string
}

const MAX_HEARTBEAT_BYTES = 8 * 1024 * 1024

/** Reads an agent's contract and heartbeat; what can't be read stops this agent, never "no rules". */
export async function readAgentView(fleet: Fleet, agent: AgentEntry, committed: CommittedSouls): Promise<AgentView> {
  const text = fleet.home.files.readText(agentPaths(agent).soul)
  const {soul, contract} = await readContract(fleet, agent, {text, committed})
  return {agent, soul, contract, ...(await readPlan(fleet, agent))}
}

/** The part of it that says what there is to do and when. */
export async function readPlan(fleet: Fleet, agent: AgentEntry): Promise<Pick<AgentView, 'heartbeat' | 'planKey'>> {
  const {files, config} = fleet.home
  const file = agentPaths(agent).heartbeat
  const bytes = files.read(file, {maxBytes: MAX_HEARTBEAT_BYTES})
  const text = bytes?.toString('latin1') ?? ''
  const heartbeat = await fleet.cache.get('heartbeat', text, async () => {
    const {readHeartbeat} = await import('../schedule/read-heartbeat.js')
    return readHeartbeat(bytes ?? Buffer.alloc(0), file)
  })
  return {heartbeat, planKey: `${config.timezone} ${fleet.cache.hashOf(text)}`}
}

interface ContractTexts {
  readonly text: string | null
  readonly committed: CommittedSouls
}

async function readContract(
  fleet: Fleet,
  agent: AgentEntry,
  {text, committed}: ContractTexts,
): Promise<{soul: Soul | null; contract: Contract}> {
  const file = agentPaths(agent).soul
  const soul = text === null ? null : await parse(fleet, text, file)
  const before = text !== null && committed.isCommitted(agent, text) ? text : committed.textOf(agent)
  const committedSoul = before === null ? null : await parse(fleet, before, `${file} (as committed)`)
  const effective = effectiveContract({agent, disk: soul, committed: committedSoul})
  if (effective.kind === 'contract') return {soul, contract: effective.contract}
  throw new UserError(`${file}: ${effective.reason}`, {
    code: 'CONTRACT_LOST',
    fix: `git restore ${file}`,
  })
}

function parse(fleet: Fleet, text: string, file: string): Promise<Soul> {
  return fleet.cache.get('soul', text, async () => (await import('../workspace/parse-soul.js')).parseSoul(text, file))
}
