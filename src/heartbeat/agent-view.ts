import type {Law} from '../guard/action.js'
import {EXIT, UserError} from '../kit/errors.js'
import type {HeartbeatFile} from '../schedule/check.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract, Soul} from '../workspace/soul.js'
import type {CommittedLaw} from './committed-law.js'
import {readContract} from './read-contract.js'

/** What a beat knows of an agent before it looks at the world. */
export interface AgentView {
  readonly agent: AgentEntry
  readonly soul: Soul | null
  readonly contract: Contract
  readonly heartbeat: HeartbeatFile
  /** Names the texts that what is due depends on. */
  readonly planKey: string
  /** All that decides for the agent, read when something is to be done; guardrails that can't be read stop it. */
  law(): Promise<Law>
}

const MAX_HEARTBEAT_BYTES = 8 * 1024 * 1024

/** Reads an agent's contract and heartbeat; what can't be read stops this agent, never "no rules". */
export async function readAgentView(fleet: Fleet, agent: AgentEntry, committed: CommittedLaw): Promise<AgentView> {
  const {soul, contract, text} = await readContract(fleet, agent, committed)
  let law: Promise<Law> | null = null
  return {
    agent,
    soul,
    contract,
    ...(await readPlan(fleet, agent)),
    law() {
      law ??= readSoundLaw(fleet, agent, {contract, text, committed})
      return law
    },
  }
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

async function readSoundLaw(
  fleet: Fleet,
  agent: AgentEntry,
  found: {readonly contract: Contract; readonly text: string | null; readonly committed: CommittedLaw},
): Promise<Law> {
  const {readLaw} = await import('./read-law.js')
  const law = await readLaw(fleet, agent, found)
  if (law.trouble === null) return law
  throw new UserError(`A guardrail can't be read, so ${agent.name} may do nothing: ${law.trouble}`, {
    code: 'GUARDRAIL_LOST',
    fix: ['git restore guardrails', 'mcos commit guardrails, if you mean it so'],
    exit: EXIT.refused,
  })
}
