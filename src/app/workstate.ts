import {EXIT, UserError} from '../kit/errors.js'
import {contentHash} from '../kit/hash.js'
import {workstateText, workstateTokens} from '../memory/workstate/check.js'
import {clearWorkstate as planClear} from '../memory/workstate/edit.js'
import {workstatePath} from '../memory/workstate/path.js'
import {standingInstructions} from '../memory/workstate/standing.js'
import {type AgentEntry, agentPaths, findAgent} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {formatLogEntry} from '../workspace/daily-log.js'
import type {Fleet} from '../workspace/fleet.js'
import {restoreCommand} from '../workspace/health.js'
import {localTime} from '../workspace/local-time.js'
import {EMPTY_WORKSTATE, parseWorkstate, type Workstate} from '../workspace/workstate-file.js'
import {record} from './record.js'

/** Whose state: an agent's own work, or its conversation with one person. */
export interface WorkstateOf {
  readonly agent: string
  readonly with?: string | undefined
}

/** The state between contexts, as its file has it and as values. */
export interface ShownWorkstate extends Omit<Workstate, 'other'> {
  readonly agent: string
  readonly with: string | null
  readonly path: string
  /** "" when there is none. */
  readonly text: string
  readonly tokens: number
  /** What people have laid down and not yet lifted. */
  readonly standing: readonly string[]
}

/** What `mcos workstate clear` took away. */
export interface ClearedWorkstate {
  readonly agent: string
  readonly path: string
  /** How many lines went into the day's log. */
  readonly lines: number
  /** Instructions that stay, because only a person lifts them. */
  readonly standing: readonly string[]
  readonly log: string
  readonly commit: string | null
}

/** The most a file may have before it is not read at all. */
const MAX_WORKSTATE_BYTES = 1024 * 1024

export function showWorkstate(fleet: Fleet, of: WorkstateOf): ShownWorkstate {
  const place = findPlace(fleet, of)
  const {other: _, ...state} = place.text === '' ? EMPTY_WORKSTATE : parseWorkstate(place.text, place.path)
  return {
    agent: place.agent.name,
    with: of.with ?? null,
    path: place.path,
    text: place.text,
    tokens: workstateTokens(place.text),
    ...state,
    standing: standingInstructions({...EMPTY_WORKSTATE, ...state}),
  }
}

/** Puts the state into the day's log; instructions of people stay unless `all` lifts them too. One commit, which `mcos undo` takes back. */
export async function clearWorkstate(
  fleet: Fleet,
  of: WorkstateOf & {readonly all?: boolean},
): Promise<ClearedWorkstate> {
  const {agent, path, text} = findPlace(fleet, of)
  const {date, time} = await localTime(fleet, fleet.clock.now())
  const log = agentPaths(agent).log(date)
  const before = text === '' ? EMPTY_WORKSTATE : parseWorkstate(text, path)
  const {state, lines} = planClear(before, of.all ?? false)
  const standing = state === null ? [] : standingInstructions(state)
  const about = {agent: agent.name, path, lines: lines.length, standing, log}
  if (lines.length === 0 && (text === '' || state !== null)) return {...about, commit: null}
  const entry = formatLogEntry({time, trigger: 'workstate', turn: null, lines: ['cleared WORKSTATE:', ...lines]})
  const file: Change =
    state === null
      ? {kind: 'remove', path, expect: contentHash(text)}
      : {kind: 'write', path, content: workstateText(state), expect: contentHash(text)}
  const changes: Change[] = [file, {kind: 'append', path: log, text: `\n${entry}`, header: `# ${date}\n`}]
  return {
    ...about,
    commit: record(fleet, {subject: `${agent.name} workstate: cleared into the log`, changes, agent: agent.name})
      .commit,
  }
}

export interface WorkstatePlace {
  readonly agent: AgentEntry
  readonly path: string
  readonly text: string
}

/** Where the state is and what lies there now. */
export function findPlace(fleet: Fleet, {agent: name, with: person}: WorkstateOf): WorkstatePlace {
  const agent = findAgent(fleet.home, name)
  const path = workstatePath(agent, person ?? null)
  if ((fleet.home.files.stat(path)?.size ?? 0) > MAX_WORKSTATE_BYTES) throw tooLong(path)
  return {agent, path, text: fleet.home.files.readText(path) ?? ''}
}

function tooLong(path: string): UserError {
  return new UserError(`${path} is longer than 1 MiB and can't be a state between contexts.`, {
    code: 'WORKSTATE_TOO_LONG',
    fix: restoreCommand(path),
    exit: EXIT.usage,
  })
}
