import {backMark, outageMark} from '../turn/news-lines.js'
import {listDailyLogs, parseLog} from '../workspace/daily-log.js'
import type {Fleet} from '../workspace/fleet.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, NEW_BEAT_STATE, NEW_CHECK_STATE, type Outage} from './beat-state.js'

/** How many of the last days' logs are searched for outages that nobody has seen end. */
const DAYS_READ = 7

/**
 * The memory of a machine that has none: a fresh clone, or a state file that was lost. Outages that the daily log
 * leaves open count as known, recovered and paged, so that no outward effect is repeated. Null when there are none.
 */
export function rebuildState({home, clock}: Fleet, {agent, heartbeat}: AgentView): BeatState | null {
  const lines = listDailyLogs(home.files, agent)
    .slice(-DAYS_READ)
    .flatMap(({path}) => parseLog(home.files.readText(path) ?? '').flatMap((entry) => entry.lines))
  const open = heartbeat.checks.flatMap((check) =>
    check.probes.flatMap(({key, text}) => {
      const detail = findOpenOutage(lines, text)
      return detail === null ? [] : [{check: check.id, key, outage: knownOutage(detail, clock.now())}]
    }),
  )
  if (open.length === 0) return null
  return {...NEW_BEAT_STATE, checks: Object.fromEntries(open.map(({check}) => [check, stateOf(check, open)]))}
}

type Found = {readonly check: string; readonly key: string; readonly outage: Outage}

function stateOf(id: string, found: readonly Found[]): BeatState['checks'][string] {
  const own = found.filter(({check}) => check === id)
  return {...NEW_CHECK_STATE, outages: Object.fromEntries(own.map(({key, outage}) => [key, outage]))}
}

function findOpenOutage(lines: readonly string[], probe: string): string | null {
  const last = lines.findLast((line) => line.startsWith(outageMark(probe)) || line.startsWith(backMark(probe)))
  return last?.startsWith(outageMark(probe)) ? last.slice(outageMark(probe).length) : null
}

function knownOutage(detail: string, since: number): Outage {
  return {since, detail, recovery: 'it is told in an earlier log', page: 'told in an earlier log'}
}
