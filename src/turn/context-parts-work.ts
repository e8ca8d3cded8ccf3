import {isUserError} from '../kit/errors.js'
import {shorten} from '../kit/text.js'
import {standingInstructions} from '../memory/workstate/standing.js'
import type {AgentPaths} from '../workspace/agents.js'
import type {Home} from '../workspace/home.js'
import {parseWorkstate, salvageWorkstate, type Workstate} from '../workspace/workstate-file.js'
import {type ContextPart, part} from './context-parts.js'

const LOG_TAIL_LINES = 40
const LOG_TAIL_CHARACTERS = 8000

/** What people have said holds until they lift it, whoever it was said to: a promise to Ada binds the heartbeat too. */
export function instructionsPart(home: Pick<Home, 'files'>, paths: AgentPaths): ContextPart | null {
  const states: Workstate[] = []
  const unreadable: string[] = []
  for (const path of workstateFiles(home, paths)) {
    const text = home.files.readText(path) ?? ''
    try {
      states.push(parseWorkstate(text, path))
    } catch (error) {
      if (!isUserError(error)) throw error
      states.push(salvageWorkstate(text).state)
      unreadable.push(`${path} can't be read, and may hold more: ${error.message}`)
    }
  }
  const lines = [...new Set([...standingInstructions(states), ...unreadable])]
  if (lines.length === 0) return null
  const body = ['Said by people, and it holds until they lift it:', ...lines.map((line) => `- ${line}`)].join('\n')
  return part({name: 'standing', path: null, cached: false}, body)
}

/** The end of today's log: what the agent did and saw since midnight. */
export function logPart({files}: Pick<Home, 'files'>, path: string): ContextPart | null {
  const text = files.readText(path)?.trim() ?? ''
  if (text === '') return null
  const lines = text.split('\n')
  const tail = tailOf(lines)
  const left = lines.length - tail.length
  const isCut = left > 0 || tail.at(-1) !== lines.at(-1)
  const head = left > 0 ? [`(the last ${tail.length} of ${lines.length} lines)`] : []
  return {...part({name: 'today', path, cached: false}, [...head, ...tail].join('\n')), truncated: isCut}
}

function tailOf(lines: readonly string[]): string[] {
  const tail: string[] = []
  let room = LOG_TAIL_CHARACTERS
  for (const line of lines.slice(-LOG_TAIL_LINES).reverse()) {
    room -= line.length + 1
    if (room < 0 && tail.length > 0) break
    // One endless line is still told of; "…" says that it goes on.
    tail.unshift(shorten(line, LOG_TAIL_CHARACTERS))
  }
  return tail
}

function workstateFiles({files}: Pick<Home, 'files'>, paths: AgentPaths): string[] {
  const folder = paths.workstateWith('x').replace(/\/[^/]*$/, '')
  const chats = files.list(folder).filter(({name, kind}) => kind === 'file' && name.endsWith('.md'))
  const all = [paths.workstate, ...chats.map(({name}) => `${folder}/${name}`)]
  return all.filter((path) => files.stat(path)?.kind === 'file')
}
