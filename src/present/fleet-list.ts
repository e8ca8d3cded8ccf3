import type {FleetList, FleetMember} from '../app/fleet-list.js'
import {formatTable} from './table.js'

const HEAD = ['agent', 'state', 'warm', 'role', 'host', 'last beat', 'parked because']

/** A line an agent. */
export function presentFleetList({agents}: FleetList): string {
  return agents.length === 0 ? 'No agents yet: mcos init agent NAME' : formatTable(HEAD, agents.map(row))
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
