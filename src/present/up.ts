import type {AgentBeat, UpEvent} from '../app/up/up-event.js'
import {cleanLine, shorten} from '../kit/text.js'
import {offsetMs} from '../kit/zone.js'
import {dollars} from './money.js'

const LONGEST = 160

/** What there is to tell of it, a line each; none of a beat in which nothing was to be done, or that failed as before. */
export function presentUp(event: UpEvent, zone: string): string[] {
  const time = new Date(Date.parse(event.at) + offsetMs(Date.parse(event.at), zone)).toISOString().slice(11, 16)
  return linesOf(event).map((line) => `${time} ${shorten(cleanLine(line), LONGEST)}`)
}

function linesOf(event: UpEvent): string[] {
  switch (event.kind) {
    case 'up':
      return [
        `${event.fleet} on ${event.host}: ${event.agents?.join(', ') ?? 'every agent'} every ${event.every}, and at once where something lands. Ctrl-C ends it.`,
      ]
    case 'beat':
      return event.agents.flatMap((agent) => (isTelling(agent, event.exit) ? [lineOf(agent)] : []))
    case 'stopped':
      return ['the fleet is stopped, and nothing beats before: mcos resume']
    case 'resumed':
      return ['the fleet goes on']
    case 'trouble':
    case 'note':
      return [event.message]
    case 'end':
      return []
  }
}

function isTelling({state, reason, error}: AgentBeat, exit: number | null): boolean {
  if (state === 'worked') return true
  return error !== null && exit !== 0 && !reason.startsWith('still: ')
}

function lineOf({agent, state, reason, commit, cost_usd, error}: AgentBeat): string {
  if (error !== null) return `${agent} ${state}: ${error.message}`
  const paid = cost_usd > 0 ? `, ${dollars(cost_usd)}` : ''
  return `${agent} ${state}: ${reason}${commit === null ? '' : ` (${commit.slice(0, 10)}${paid})`}`
}
