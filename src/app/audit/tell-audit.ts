import {readAlerts} from '../../alerts/read-alerts.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {readGates} from '../../turn/alerts/gates.js'
import {planRaise} from '../../turn/alerts/plan-raise.js'
import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import {formatLogEntry} from '../../workspace/daily-log.js'
import type {Fleet} from '../../workspace/fleet.js'
import {localTime} from '../../workspace/local-time.js'
import {record} from '../record.js'
import {personHere} from '../speaker.js'
import type {AuditReport} from './audit-report.js'

/** Writes what an audit found into the agent's log and into an alert that a person finds, as one commit. */
export async function tellAudit(
  fleet: Fleet,
  agent: AgentEntry,
  {session, taken_back, commits}: Pick<AuditReport, 'session' | 'taken_back' | 'commits'>,
): Promise<string> {
  const lines = [
    ...taken_back.map(({path, why, kept, trouble}) =>
      trouble === null
        ? `taken back after session ${session}: ${path} (${why})${kept === null ? '' : `; kept as .mcos/${kept}`}`
        : `slipped past in session ${session} and is still there: ${path} (${why}): ${trouble}`,
    ),
    ...commits.map(
      ({commit, author, paths}) =>
        `committed during session ${session} by ${author}, and by no turn: ${commit.slice(0, 10)} ${paths.join(', ')}`,
    ),
  ].map((line) => shorten(cleanLine(line), 400))
  const {date, time} = await localTime(fleet, fleet.clock.now())
  const title = `${agent.name}'s session changed what ${agent.name} may not`
  const gates = await readGates(fleet)
  const {cases} = readAlerts(filesOf(fleet), gates)
  const raised = planRaise(
    {by: personHere(fleet.home), hand: null, level: 'P3', title, evidence: lines, since: null, origin: [], body: ''},
    {
      clock: fleet.clock,
      cases,
      gates,
      live: null,
      // A note asks nobody anything.
      send: () => ({id: '', changes: []}),
    },
  )
  const log: Change = {
    kind: 'append',
    path: agentPaths(agent).log(date),
    text: `\n${formatLogEntry({time, trigger: 'audit', turn: null, lines})}`,
    header: `# ${date}\n`,
  }
  record(fleet, {
    subject: shorten(cleanLine(`${agent.name}: ${lines[0] ?? title}`), 100),
    changes: [log, ...raised.changes],
  })
  return raised.id
}

function filesOf({home}: Fleet): Parameters<typeof readAlerts>[0] {
  return {
    names: (folder) => home.files.list(folder).map(({name}) => name),
    readText: (path) => home.files.readText(path),
  }
}
