import {isUserError} from '../../kit/errors.js'
import {workstateTokens} from '../../memory/workstate/check.js'
import {contradictionsIn} from '../../memory/workstate/contradictions.js'
import type {Fleet} from '../../workspace/fleet.js'
import {parseWorkstate, type Workstate} from '../../workspace/workstate-file.js'
import {findPlace, type WorkstateOf} from '../workstate.js'

/** Whether a new context could go on from this file. */
export interface CheckedWorkstate {
  readonly agent: string
  readonly path: string
  readonly exists: boolean
  readonly tokens: number
  /** Hours since it was written; null when it doesn't say. */
  readonly hours: number | null
  readonly troubles: readonly string[]
}

const MOST_TOKENS = 3_000
const OLD_HOURS = 24 * 7

export function checkWorkstateOf(fleet: Fleet, of: WorkstateOf): CheckedWorkstate {
  const {agent, path, text} = findPlace(fleet, of)
  const about = {agent: agent.name, path, exists: text !== '', tokens: workstateTokens(text)}
  if (text === '') return {...about, hours: null, troubles: []}
  const read = readState(text, path)
  if (typeof read === 'string') return {...about, hours: null, troubles: [read]}
  const hours = read.head.at === null ? null : Math.round((fleet.clock.now() - Date.parse(read.head.at)) / 360_000) / 10
  return {...about, hours, troubles: troublesOf(read, {path, hours, tokens: about.tokens})}
}

function readState(text: string, path: string): Workstate | string {
  try {
    return parseWorkstate(text, path)
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
}

function troublesOf(
  state: Workstate,
  {path, hours, tokens}: {path: string; hours: number | null; tokens: number},
): string[] {
  const troubles = state.missing.map((title) => `${path}: the section "${title}" is missing`)
  if (tokens > MOST_TOKENS) troubles.push(`${path}: ${tokens} tokens, and ${MOST_TOKENS} are the most`)
  if (hours !== null && hours > OLD_HOURS)
    troubles.push(`${path}: written ${Math.round(hours / 24)} days ago; clear it if that work is over`)
  if (hours !== null && hours < -1) troubles.push(`${path}: written in the future, at ${state.head.at}`)
  return [
    ...troubles,
    ...contradictionsIn(state).map(
      ([a, b]) => `${path}: these can't both hold: ${JSON.stringify(a)} and ${JSON.stringify(b)}`,
    ),
  ]
}
