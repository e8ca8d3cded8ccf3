import {isUserError} from '../kit/errors.js'
import {isRecord} from '../kit/is-record.js'
import type {Check} from '../schedule/check.js'
import {type AgentEntry, inAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'

/** Where earlier runtimes kept when they last looked. */
const PLACES = ['memory/heartbeat-state.json', 'heartbeat-state.json']

/** When an earlier tool last ran these checks, as a hint for the first beat: milliseconds by check id. */
export function readEarlierRuns(
  {home, clock}: Fleet,
  agent: AgentEntry,
  checks: readonly Check[],
): Map<string, number> {
  const lastChecks = PLACES.flatMap((place) => readLastChecks(home.files, inAgent(agent, place)))
  return new Map(
    checks.flatMap(({id, title}) => {
      const known = lastChecks.filter(({key}) => isAbout(key, `${id} ${title}`)).map(({at}) => at)
      const past = known.filter((at) => at <= clock.now())
      return past.length === 0 ? [] : [[id, Math.max(...past)] as const]
    }),
  )
}

function readLastChecks(files: Fleet['home']['files'], path: string): {key: string; at: number}[] {
  try {
    const data: unknown = JSON.parse(files.readText(path) ?? '{}')
    const runs = isRecord(data) && isRecord(data['lastChecks']) ? data['lastChecks'] : data
    return isRecord(runs) ? Object.entries(runs).flatMap(([key, value]) => timeOf(value).map((at) => ({key, at}))) : []
  } catch (error) {
    // Only a hint of another tool: what can't be read says nothing.
    if (isUserError(error) || error instanceof SyntaxError) return []
    throw error
  }
}

/** Epoch seconds, milliseconds or ISO text; whatever else stands there is no time. */
function timeOf(value: unknown): number[] {
  if (typeof value === 'number' && value > 0) return [value < 1e11 ? value * 1000 : value]
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return []
  const at = Date.parse(value)
  return Number.isNaN(at) ? [] : [at]
}

function isAbout(key: string, title: string): boolean {
  const words = key
    .replace(/^last/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  return words.some((word) => word.length > 2 && title.toLowerCase().includes(word))
}
