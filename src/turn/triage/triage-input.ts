import type {Engine} from '../../engines/engine.js'
import type {Law} from '../../guard/action.js'
import type {LocalWrite} from '../../history/change-set.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Contract, Soul} from '../../workspace/soul.js'
import type {TurnListener} from '../events.js'
import type {TurnPlan} from '../turn-plan.js'

/** One triage of an agent's mail: whose, which accounts, and how it reaches the world. The agent's lock is held. */
export interface TriageInput {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly contract: Contract
  readonly law: Law
  readonly soul: Pick<Soul, 'reportsTo' | 'budget' | 'keys'> | null
  /** By name: those that are to be looked at. */
  readonly accounts: Readonly<Record<string, MailAccount>>
  /** The route; a model on it is asked about mail that the rules are not certain of. */
  readonly engines: readonly Engine[]
  readonly trigger: string
  readonly signal: AbortSignal
  /** A person has said that what is proposed is to be done: nobody asks the contract then. */
  readonly isApplied: boolean
  /** What isn't pressing waits for the morning. */
  readonly isQuiet: boolean
  readonly listen: TurnListener
  sleep(ms: number, until?: AbortSignal): Promise<void>
  /** Commits a plan as a turn of its own with its receipt; writes `local` once it is there. */
  commit(plan: TurnPlan, local: readonly LocalWrite[]): Promise<{readonly commit: string | null}>
}

/** A model that can be asked without tools: a program would bring its own. */
export function isToolless({model}: Engine): boolean {
  return model !== null && model.usdPerRequest === undefined
}

/** The accounts of mcos.yaml whose triage is this agent's. */
export function accountsOf({home}: Fleet, agent: Pick<AgentEntry, 'name'>): Record<string, MailAccount> {
  return Object.fromEntries(Object.entries(home.config.mail.accounts).filter(([, one]) => one.agent === agent.name))
}
