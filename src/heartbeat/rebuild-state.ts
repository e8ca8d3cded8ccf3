import {backMark, outageMark} from '../turn/news-lines.js'
import {listDailyLogs, parseLog} from '../workspace/daily-log.js'
import type {Fleet} from '../workspace/fleet.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, type CheckState, NEW_BEAT_STATE, NEW_CHECK_STATE, type Outage} from './beat-state.js'
import {readEarlierRuns} from './earlier-tool.js'

/** How many of the last days' logs are searched for outages that nobody has seen end. */
const DAYS_READ = 7

/**
 * The memory of a machine that has none: a fresh clone, or a state file that was lost. Outages that the daily log
 * leaves open count as known, recovered and paged, so that no outward effect is repeated; only what a turn wrote says
 * so, not a note that anybody may add. When an earlier tool last looked is taken as a hint. Null when there is neither.
 */
export function rebuildState(fleet: Fleet, {agent, heartbeat}: AgentView): BeatState | null {
  const {files} = fleet.home
  const lines = listDailyLogs(files, agent)
    .slice(-DAYS_READ)
    .flatMap(({path}) => parseLog(files.readText(path) ?? '').flatMap(({turn, lines}) => (turn === null ? [] : lines)))
  const open = heartbeat.checks.flatMap((check) =>
    check.probes.flatMap(({key, text}) => {
      const detail = findOpenOutage(lines, text)
      return detail === null ? [] : [{check: check.id, key, outage: knownOutage(detail, fleet.clock.now())}]
    }),
  )
  const runs = readEarlierRuns(fleet, agent, heartbeat.checks)
  const ids = new Set([...open.map(({check}) => check), ...runs.keys()])
  if (ids.size === 0) return null
  const stateOf = (id: string): CheckState => ({
    ...NEW_CHECK_STATE,
    lastRun: runs.get(id) ?? null,
    outages: Object.fromEntries(open.filter(({check}) => check === id).map(({key, outage}) => [key, outage])),
  })
  return {...NEW_BEAT_STATE, checks: Object.fromEntries([...ids].map((id) => [id, stateOf(id)]))}
}

function findOpenOutage(lines: readonly string[], probe: string): string | null {
  const last = lines.findLast((line) => line.startsWith(outageMark(probe)) || line.startsWith(backMark(probe)))
  return last?.startsWith(outageMark(probe)) ? last.slice(outageMark(probe).length) : null
}

function knownOutage(detail: string, since: number): Outage {
  return {since, detail, recovery: 'it is told in an earlier log', page: 'told in an earlier log'}
}
