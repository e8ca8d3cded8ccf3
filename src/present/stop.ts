import type {StopState} from '../app/stop.js'

/** Who stands still and by which file, or goes on, and what it takes to go on. */
export function presentStop(state: StopState): string {
  const {agent, file, changed, holding} = state
  const isHeld = holding.includes(file)
  const who = agent ?? 'The fleet'
  const said = isHeld
    ? `${who} ${changed ? 'is' : 'was'} stopped${changed ? '' : ' already'} (${file}).`
    : `${who} ${changed ? 'is no longer stopped' : 'was not stopped'}.`
  return [said, ...presentRest(state, isHeld)].join(' ')
}

function presentRest({agent, file, changed, holding}: StopState, isHeld: boolean): string[] {
  const others = holding.filter((path) => path !== file)
  const resume = `mcos resume${agent === null ? '' : ` ${agent}`}`
  if (agent !== null && others.length > 0) {
    return [`The whole fleet is stopped: it goes on after mcos resume${isHeld ? ` and ${resume}` : ''}.`]
  }
  if (isHeld) return [`It goes on after ${resume}.`]
  if (others.length > 0)
    return [`Still stopped one by one: ${others.map((path) => `mcos resume ${nameIn(path)}`).join(', ')}.`]
  return changed ? ['The next heartbeat beats again.'] : []
}

function nameIn(file: string): string {
  return file.slice('.mcos/STOP.'.length)
}
