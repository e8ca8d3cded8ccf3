import {roundUsd} from '../../engines/budget/entries.js'
import type {AgentStatus} from './agent-status.js'

/** The fleet at a glance; the keys are a promise to programs. */
export interface StatusReport {
  readonly fleet: string
  readonly host: string
  readonly at: string
  readonly stopped: boolean
  /** Agents whose programs run without a sandbox, so that approvals and signatures on this machine prove nothing. */
  readonly unenforced: readonly string[]
  readonly agents: readonly AgentStatus[]
  /** What lies under workspaces/ and is no agent, as its name is none: nobody beats it. */
  readonly strangers: readonly string[]
  readonly totals: {
    readonly agents: number
    readonly inbox: number
    readonly tokens_today: number
    readonly cost_today: number
    readonly tasks_open: number
    readonly alerts_open: number
    readonly approvals_waiting: number
    readonly failed: number
  }
}

/** `ofPeople`: open alerts that no agent has raised, which stand in no agent's line. */
export function totalsOf(agents: readonly AgentStatus[], ofPeople: number): StatusReport['totals'] {
  const sum = (count: (agent: AgentStatus) => number) => agents.reduce((total, agent) => total + count(agent), 0)
  return {
    agents: agents.length,
    inbox: sum(({inbox}) => inbox),
    tokens_today: sum(({tokens_today}) => tokens_today),
    cost_today: roundUsd(sum(({cost_today}) => cost_today)),
    tasks_open: sum(({tasks_open}) => tasks_open),
    alerts_open: sum(({alerts_open}) => alerts_open) + ofPeople,
    approvals_waiting: sum(({approvals_waiting}) => approvals_waiting),
    failed: sum(({error}) => (error === null ? 0 : 1)),
  }
}
