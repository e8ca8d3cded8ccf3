import {findSecrets} from '../../guard/secrets/find.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {newTurnId} from '../../kit/ids.js'
import {checkWorkstate, workstateText, workstateTokens} from '../../memory/workstate/check.js'
import {gatherWorkstate} from '../../memory/workstate/gather.js'
import type {Heard} from '../../memory/workstate/heard.js'
import {ownSecretsOf} from '../../turn/own-secrets.js'
import {agentPaths} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import {formatLogEntry} from '../../workspace/daily-log.js'
import type {Fleet} from '../../workspace/fleet.js'
import {localTime} from '../../workspace/local-time.js'
import {parseWorkstate, salvageWorkstate, type Workstate} from '../../workspace/workstate-file.js'
import {record} from '../record.js'
import {findPlace, type WorkstateOf} from '../workstate.js'

/** What a flush by code has written. */
export interface FlushedWorkstate {
  readonly agent: string
  readonly path: string
  /** From where it was gathered, in words. */
  readonly from: string
  readonly tokens: number
  readonly facts: number
  readonly superseded: readonly string[]
  /** null: the file said all of it already. */
  readonly commit: string | null
}

const TOKENS = 3_000

/** Gathers what was heard into the file, reads it back, and commits it together with what it superseded; no model is asked. */
export async function writeWorkstate(
  fleet: Fleet,
  of: WorkstateOf,
  {heard, from, engine}: {readonly heard: readonly Heard[]; readonly from: string; readonly engine: string | null},
): Promise<FlushedWorkstate> {
  const {agent, path, text} = findPlace(fleet, of)
  const {before, notes} = readBefore(text, path, new Date(fleet.clock.now()).toISOString())
  const known = {
    turn: newTurnId(fleet.clock),
    at: new Date(fleet.clock.now()).toISOString(),
    engine,
    window: null,
    contextUsed: null,
    files: [],
    messages: [],
    waiting: [],
  }
  const gathered = gatherWorkstate(before, [...notes, ...heard.map((item) => withoutSecrets(item, fleet))], known, {
    tokens: TOKENS,
  })
  const content = workstateText(gathered.state)
  const troubles = checkWorkstate(content, path, gathered.state)
  if (troubles.length > 0) throw new Error(`${path} can't be read back: ${troubles.join('; ')}`)
  const {facts, decisions, questions, waiting, plan} = gathered.state
  const answer = {
    agent: agent.name,
    path,
    from,
    tokens: workstateTokens(content),
    facts: facts.length + decisions.length + questions.length + waiting.length + plan.length,
    superseded: gathered.superseded,
  }
  if (before !== null && notes.length === 0 && isSame(before, gathered.state)) return {...answer, commit: null}
  const changes: Change[] = [
    {
      kind: 'write',
      path,
      content,
      expect: text === '' && fleet.home.files.stat(path) === null ? null : contentHash(text),
    },
  ]
  if (gathered.superseded.length > 0) {
    const {date, time} = await localTime(fleet, fleet.clock.now())
    const lines = gathered.superseded.map((line) => `no longer holds: ${line}`)
    const entry = formatLogEntry({time, trigger: 'workstate', turn: null, lines})
    changes.push({kind: 'append', path: agentPaths(agent).log(date), text: `\n${entry}`, header: `# ${date}\n`})
  }
  const {commit} = record(fleet, {subject: `${agent.name} workstate: flushed from ${from}`, changes, agent: agent.name})
  return {...answer, commit}
}

/** A file that a person has broken is not thrown away: its sections hold, and what stands in none is heard as a note. */
function readBefore(text: string, path: string, at: string): {before: Workstate | null; notes: Heard[]} {
  if (text.trim() === '') return {before: null, notes: []}
  try {
    return {before: parseWorkstate(text, path), notes: []}
  } catch (error) {
    if (!isUserError(error)) throw error
    const {state, rest} = salvageWorkstate(text)
    return {before: state, notes: [{kind: 'note', name: path, text: rest, at}]}
  }
}

/** A secret that was said in passing doesn't get into git; its line is left out whole. */
function withoutSecrets(item: Heard, fleet: Fleet): Heard {
  const found = new Set(findSecrets(item.text, {own: ownSecretsOf(fleet)}).map(({line}) => line))
  if (found.size === 0) return item
  return {
    ...item,
    text: item.text
      .split('\n')
      .filter((_, index) => !found.has(index + 1))
      .join('\n'),
  }
}

function isSame(before: Workstate, now: Workstate): boolean {
  const plain = ({head: _, ...rest}: Workstate) => JSON.stringify({...rest, missing: []})
  return before.missing.length === 0 && plain(before) === plain(now)
}
