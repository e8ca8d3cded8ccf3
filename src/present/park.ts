import type {ParkState} from '../app/park.js'

/** What became of each agent that was to be parked or woken, and how to take that back. */
export function presentParks(states: readonly ParkState[]): string {
  return states.map(presentPark).join('\n')
}

function presentPark({agent, parked, why, changed, commit, turn}: ParkState): string {
  const because = why === null ? '' : `: ${why}`
  const said = parked
    ? `${agent} ${changed ? 'is' : 'was'} parked${changed ? '' : ' already'}${because}. It goes on after mcos fleet wake ${agent}.`
    : changed
      ? `${agent} is awake: its next beat looks at what has waited.`
      : `${agent} was not parked.`
  return commit === null ? said : `${said} Commit ${commit.slice(0, 7)}; take it back with: mcos undo ${turn}`
}
