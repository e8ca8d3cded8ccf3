import {stateWord} from '../../fleet/lifecycle.js'
import type {ApprovalRequest} from '../../workspace/approval-file.js'
import type {Fleet} from '../../workspace/fleet.js'
import {localTime} from '../../workspace/local-time.js'
import type {StatusReport} from '../status.js'
import type {StopState} from '../stop.js'
import type {AskedRequest} from './asked-request.js'

/** What a person may say; told to whoever says anything else. */
export const HELP = [
  '/status: the fleet, what waits, what today has cost',
  '/approve ID, /deny ID: answer a request',
  '/stop: everything stands still at once; /stop NAME: one agent',
  'Nothing you write here is given to a model.',
].join('\n')

/** The other way needs more than a phone, which can be stolen. */
export const NO_RESUME =
  'From here the fleet can be stopped and not started again. At a terminal of the machine: mcos resume'

const MOST_AGENTS = 30
const MOST_WAITING = 8

/** The fleet in a few lines, as a phone shows it. */
export async function statusText(
  fleet: Fleet,
  {report, waiting}: {report: StatusReport; waiting: readonly AskedRequest[]},
): Promise<string> {
  const {agents, totals} = report
  const lines: string[] = []
  for (const status of agents.slice(0, MOST_AGENTS)) {
    const {agent, last_beat, inbox, error} = status
    const beat = last_beat === null ? 'no beat yet' : `last beat ${await moment(fleet, last_beat)}`
    const said = [`${agent}: ${stateWord(status)}`, beat, inbox > 0 ? `${inbox} unread` : '', error ?? '']
    lines.push(said.filter((part) => part !== '').join(', '))
  }
  if (agents.length > MOST_AGENTS) lines.push(`and ${agents.length - MOST_AGENTS} more agents`)
  const open = [count(totals.tasks_open, 'task'), count(totals.alerts_open, 'alert')].filter((text) => text !== '')
  return [
    `${report.fleet} on ${report.host}, ${await moment(fleet, report.at)}${report.stopped ? ': STOPPED' : ''}`,
    ...lines,
    ...(open.length > 0 ? [`Open: ${open.join(', ')}`] : []),
    ...waitingLines(waiting),
    `Today: $${totals.cost_today.toFixed(2)}, ${totals.tokens_today} tokens`,
  ].join('\n')
}

function waitingLines(waiting: readonly AskedRequest[]): string[] {
  if (waiting.length === 0) return ['Nothing waits for a yes.']
  const more = waiting.length - MOST_WAITING
  return [
    'Waits for a yes:',
    ...waiting.slice(0, MOST_WAITING).map(({id, request}) => `${id} ${request.agent}: ${deedOf(request)}`),
    ...(more > 0 ? [`and ${more} more: mcos approve list`] : []),
  ]
}

/** What came of a stop, and what it takes to go on. */
export function stopText({agent, changed}: StopState, unknown: string | null): string {
  const who = agent ?? 'The whole fleet'
  const said = changed ? `${who} is stopped.` : `${who} was stopped already.`
  const misread = unknown === null ? '' : `No agent is called ${unknown}, so everything was stopped. `
  return `${misread}${said} Going on needs a terminal: mcos resume${agent === null ? '' : ` ${agent}`}`
}

export function deedOf({verb, target}: Pick<ApprovalRequest, 'verb' | 'target'>): string {
  const whole = `${verb} ${target}`.replace(/\s+/g, ' ').trim()
  return whole.length > 300 ? `${whole.slice(0, 299)}…` : whole
}

/** As the fleet's people read their clocks, with the date where it is another day's. */
export async function moment(fleet: Fleet, iso: string): Promise<string> {
  const {date, time} = await localTime(fleet, Date.parse(iso))
  const today = (await localTime(fleet, fleet.clock.now())).date
  return date === today ? time : `${date} ${time}`
}

function count(amount: number, word: string): string {
  return amount === 0 ? '' : `${amount} ${word}${amount === 1 ? '' : 's'}`
}
