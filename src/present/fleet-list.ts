import type {FleetList, FleetMember} from '../app/fleet-list.js'
import {presentStrangers} from './strangers.js'
import {formatTable} from './table.js'

const HEAD = ['agent', 'state', 'warm', 'role', 'host', 'last beat', 'parked because']

/** A line an agent. */
export function presentFleetList({agents, strangers}: FleetList): string {
  const list = agents.length === 0 ? 'No agents yet: mcos init agent NAME' : formatTable(HEAD, agents.map(row))
  return [list, ...presentStrangers(strangers).flatMap((line) => ['', line])].join('\n')
}

function row({agent, state, stopped, warm, role, host, last_beat, parked}: FleetMember): string[] {
  return [
    agent,
    stopped ? `${state}, stopped` : state,
    warm,
    role ?? '',
    host ?? '',
    last_beat === null ? 'never' : `${last_beat.slice(0, 10)} ${last_beat.slice(11, 16)}`,
    parked ?? '',
  ]
}
