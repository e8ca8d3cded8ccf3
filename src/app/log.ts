import {EXIT, UserError} from '../kit/errors.js'
import {clean, cleanLine, shorten} from '../kit/text.js'
import {agentPaths, findAgent} from '../workspace/agents.js'
import {formatLogEntry, type LogEntry, parseLog} from '../workspace/daily-log.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import {passGate} from './gate.js'
import {record} from './record.js'
import {refuseSecrets} from './refuse-secrets.js'
import {type ActsFor, findSpeaker, recordedAs} from './speaker.js'

/** One day of an agent's log, as it stands after what was asked. */
export interface DayLog {
  readonly agent: string
  /** In the fleet's time zone. */
  readonly date: string
  readonly path: string
  readonly text: string
  readonly entries: readonly Omit<LogEntry, 'raw'>[]
  /** Whether this command added the last entry. */
  readonly added: boolean
  readonly commit: string | null
}

const MAX_LOG_BYTES = 4 * 1024 * 1024

/** Today's log of an agent; with a text, that is first added as a line of whoever speaks, in a commit of its own. */
export async function logOf(
  fleet: Fleet,
  {agent: name, text}: {agent: string; text?: string | undefined},
  actor: ActsFor,
): Promise<DayLog> {
  const agent = findAgent(fleet.home, name)
  const {date, time} = await localTime(fleet, fleet.clock.now())
  const path = agentPaths(agent).log(date)
  const commit = text === undefined ? null : await addLine(fleet, {agent: agent.name, path, date, time, text}, actor)
  const log = fleet.home.files.readText(path, {maxBytes: MAX_LOG_BYTES}) ?? ''
  const entries = parseLog(log).map(({raw: _, ...entry}) => entry)
  return {agent: agent.name, date, path, text: log, entries, added: text !== undefined, commit}
}

async function addLine(
  fleet: Fleet,
  {agent, path, date, time, text}: {agent: string; path: string; date: string; time: string; text: string},
  actor: ActsFor,
): Promise<string | null> {
  const speaker = findSpeaker(fleet, actor)
  if (actor.kind === 'agent' && actor.name !== agent) throw notYours(actor.name, agent)
  await passGate(fleet, actor, {verb: 'write', target: path})
  const line = clean(text).trim()
  if (line === '') throw nothingToLog(agent)
  refuseSecrets(fleet, [{name: 'the line', text: line}])
  const said = speaker.kind === 'person' ? `${speaker.name}: ${line}` : line
  const entry = formatLogEntry({time, trigger: 'note', turn: null, lines: [said]})
  const {commit} = await record(fleet, {
    subject: shorten(cleanLine(`${agent} log: ${said}`), 100),
    changes: [{kind: 'append', path, text: `\n${entry}`, header: `# ${date}\n`}],
    ...recordedAs(fleet, speaker),
    agent,
  })
  return commit
}

function notYours(own: string, other: string): UserError {
  return new UserError(`${own} may not write into the log of ${other}.`, {
    code: 'NOT_YOURS',
    fix: `mcos log ${own} "text"`,
    exit: EXIT.refused,
  })
}

function nothingToLog(agent: string): UserError {
  return new UserError('There is nothing to write into the log.', {
    code: 'USAGE',
    fix: `mcos log ${agent} "text"`,
    exit: EXIT.usage,
  })
}
