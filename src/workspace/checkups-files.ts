import {isUserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import {type AgentEntry, agentPaths, inAgent, listAgents} from './agents.js'
import {listDailyLogs} from './daily-log.js'
import type {Fleet} from './fleet.js'
import {type Checkup, count, editCommand, type Trouble} from './health.js'
import {MOST_MISTAKES, parseMistakes} from './mistakes.js'
import {findSameNames} from './names.js'

/** What a model is sent of one file; a longer one is refused, never cut. */
const LONGEST = 256 * 1024
const KNOWN = [
  'SOUL.md',
  'AGENTS.md',
  'USER.md',
  'GUARDRAILS.md',
  'HEARTBEAT.md',
  'PARKED.md',
  'MAIL.md',
  'MEMORY.md',
  'WORKSTATE.md',
]

const sizes: Checkup = {
  id: 'sizes',
  title: 'No file is too long to be sent to a model',
  means: 'A file beyond this size is refused whole, so the agent works without it or not at all.',
  examine(fleet) {
    const {files} = fleet.home
    const tooLong = (path: string): boolean => (files.stat(path)?.size ?? 0) > LONGEST
    const troubles = eachAgent(fleet, (agent) => {
      const {soul, agents, user, guardrails, memory, workstate} = agentPaths(agent)
      const whole = [soul, agents, user, guardrails, memory, workstate].filter(tooLong)
      const logs = listDailyLogs(files, agent)
        .map(({path}) => path)
        .filter(tooLong)
      return [
        ...whole.map(
          (path): Trouble => ({
            status: 'fail',
            detail: `${path} is longer than ${LONGEST / 1024} KiB: no context can be made with it`,
            fix: editCommand(path),
          }),
        ),
        ...logs.map(
          (path): Trouble => ({
            status: 'warn',
            detail: `${path} is longer than ${LONGEST / 1024} KiB: only its end is sent`,
            fix: `wc ${shellWord(path)}`,
          }),
        ),
      ]
    })
    return {seen: `all below ${LONGEST / 1024} KiB`, troubles}
  },
}

const names: Checkup = {
  id: 'names',
  title: 'Every well-known file is called by its one name',
  means: 'A file under another spelling is another file here and the same one on a Mac: it is not read, or lost.',
  examine(fleet) {
    const troubles = eachAgent(fleet, (agent) => {
      const kind = fleet.home.files.stat(agent.path)?.kind
      const there = kind === 'folder' ? fleet.home.files.list(agent.path).map(({name}) => name) : []
      return KNOWN.flatMap((wanted) => misnamed(agent, findSameNames(there, wanted), wanted))
    })
    return {seen: 'no name differs by its letters’ case only', troubles}
  },
}

function misnamed(agent: AgentEntry, found: readonly string[], wanted: string): Trouble[] {
  const [first] = found
  if (first === undefined) return []
  if (found.length > 1) {
    const listed = found.map((name) => inAgent(agent, name)).join(' and ')
    const other = inAgent(agent, found[1] ?? '')
    const detail = `${listed} are one file on macOS and Windows: a clone there loses one of them`
    return [{status: 'warn', detail, fix: `git mv ${shellWord(other)} ${shellWord(`${other}.old`)}`}]
  }
  if (first === wanted) return []
  const detail = `${inAgent(agent, first)} is not read: it has to be called ${wanted}`
  return [
    {status: 'fail', detail, fix: `git mv ${shellWord(inAgent(agent, first))} ${shellWord(inAgent(agent, wanted))}`},
  ]
}

const mistakes: Checkup = {
  id: 'agent-guardrails',
  title: `Each GUARDRAILS.md has ${MOST_MISTAKES} entries at most`,
  means: 'These are the mistakes never to repeat; a list that is empty or too long is read by nobody.',
  examine(fleet) {
    const troubles = eachAgent(fleet, (agent) => {
      const path = agentPaths(agent).guardrails
      const text = fleet.home.files.stat(path)?.kind === 'file' ? (fleet.home.files.readText(path) ?? '') : ''
      const found = parseMistakes(text)
      if (found.length === 0 && hasProse(text)) {
        const detail = `${path} has no entry: what is to be kept in mind begins with "- "`
        return [{status: 'warn', detail, fix: editCommand(path)}]
      }
      if (found.length <= MOST_MISTAKES) return []
      const detail = `${path} has ${found.length} entries; more than ${MOST_MISTAKES} and nobody reads them`
      return [{status: 'warn', detail, fix: editCommand(path)}]
    })
    return {seen: `${count(listAgents(fleet.home).length, 'agent')} looked at; what stands there is advice`, troubles}
  },
}

/** Anything besides headings and comments. */
function hasProse(text: string): boolean {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .split('\n')
    .some((line) => line.trim() !== '' && !line.startsWith('#'))
}

/** What keeps from looking into one agent's folder keeps nobody from looking into the others'; other checks tell of it. */
function eachAgent(fleet: Fleet, look: (agent: AgentEntry) => Trouble[]): Trouble[] {
  return listAgents(fleet.home).flatMap((agent) => {
    try {
      return look(agent)
    } catch (error) {
      if (isUserError(error)) return []
      throw error
    }
  })
}

/** What an agent's folder tells without being understood. */
export const FILE_CHECKUPS: readonly Checkup[] = [sizes, names, mistakes]
