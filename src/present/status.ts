import type {AgentStatus, StatusReport} from '../app/status.js'
import {formatTable} from './table.js'

const HEAD = ['agent', 'role', 'state', 'last beat', 'next due', 'inbox', 'tokens', 'cost', 'commit']

/** The fleet at a glance: a line an agent, then what is wrong and what it came to. */
export function presentStatus(report: StatusReport): string {
  const {fleet, host, at, stopped, agents, totals} = report
  const title = `${fleet} on ${host}, ${clockTime(at)} UTC${stopped ? ', STOPPED: mcos resume' : ''}`
  if (agents.length === 0) return `${title}\n\nNo agents yet: mcos init agent NAME`
  const troubles = agents.flatMap(({agent, error}) => (error === null ? [] : [`${agent}: ${error}`]))
  const sum = `${totals.agents} ${totals.agents === 1 ? 'agent' : 'agents'}, ${totals.inbox} unread, ${totals.tokens_today} tokens and $${totals.cost_today.toFixed(2)} today`
  return [
    title,
    '',
    formatTable(
      HEAD,
      agents.map((agent) => row(agent, at)),
    ),
    '',
    ...troubles,
    sum,
  ].join('\n')
}

function row(status: AgentStatus, at: string): string[] {
  return [
    status.agent,
    status.role ?? '',
    status.state,
    status.last_beat === null ? 'never' : moment(status.last_beat, at),
    status.next_due === null ? '' : moment(status.next_due, at),
    String(status.inbox),
    String(status.tokens_today),
    `$${status.cost_today.toFixed(2)}`,
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
