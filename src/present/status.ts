import type {AgentStatus, StatusReport} from '../app/status.js'
import {stateWord} from '../fleet/lifecycle.js'
import {dollars} from './money.js'
import {presentStrangers} from './strangers.js'
import {formatTable} from './table.js'

const HEAD = ['agent', 'role', 'state', 'last beat', 'next due', 'inbox', 'tokens', 'cost', 'commit']

/** The fleet at a glance: a line an agent, then what is wrong and what it came to. */
export function presentStatus(report: StatusReport): string {
  const {fleet, host, at, stopped, unenforced, strangers, agents} = report
  const title = `${fleet} on ${host}, ${clockTime(at)} UTC${stopped ? ', STOPPED: mcos resume' : ''}`
  const beside = [...presentUnenforced(unenforced), ...presentStrangers(strangers)]
  if (agents.length === 0) return [title, '', ...beside, 'No agents yet: mcos init agent NAME'].join('\n')
  const troubles = agents.flatMap(({agent, error}) => (error === null ? [] : [`${agent}: ${error}`]))
  const table = formatTable(
    HEAD,
    agents.map((agent) => row(agent, at)),
  )
  return [title, '', table, '', ...troubles, ...beside, presentTotals(report)].join('\n')
}

function presentUnenforced(agents: readonly string[]): string[] {
  if (agents.length === 0) return []
  return [
    `unenforced: ${agents.join(', ')} may run programs without a sandbox, so that approvals and signatures here prove nothing.`,
  ]
}

function presentTotals({totals}: StatusReport): string {
  const waiting = [
    count(totals.tasks_open, 'task open', 'tasks open'),
    count(totals.alerts_open, 'alert open', 'alerts open'),
    count(totals.approvals_waiting, 'approval waiting', 'approvals waiting'),
  ].filter((text) => !text.startsWith('0 '))
  const spent = `${totals.tokens_today} tokens and ${dollars(totals.cost_today)} today`
  return [count(totals.agents, 'agent', 'agents'), `${totals.inbox} unread`, ...waiting, spent].join(', ')
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`
}

function row(status: AgentStatus, at: string): string[] {
  return [
    status.agent,
    status.role ?? '',
    stateWord(status),
    status.last_beat === null ? 'never' : moment(status.last_beat, at),
    // No beat comes to it, whatever is due.
    status.next_due === null || status.stopped || status.state === 'parked' ? '' : moment(status.next_due, at),
    String(status.inbox),
    String(status.tokens_today),
    dollars(status.cost_today),
    status.last_commit?.slice(0, 10) ?? '',
  ]
}

/** The time of day, with the date where it is another day's. */
function moment(iso: string, now: string): string {
  return iso.slice(0, 10) === now.slice(0, 10) ? clockTime(iso) : `${iso.slice(0, 10)} ${clockTime(iso)}`
}

function clockTime(iso: string): string {
  return iso.slice(11, 16)
}
