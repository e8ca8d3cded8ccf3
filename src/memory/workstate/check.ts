import {isUserError} from '../../kit/errors.js'
import {formatWorkstate, parseWorkstate, type Workstate} from '../../workspace/workstate-file.js'
import {tokensOf} from './cost.js'

const LISTS = ['decisions', 'facts', 'questions', 'waiting', 'files', 'messages', 'exchanges'] as const

/** The file's text; what made it has already seen to its size. */
export function workstateText(state: Workstate): string {
  return formatWorkstate(state)
}

export function workstateTokens(text: string): number {
  return tokensOf(text)
}

/** Reads a text back as the file it is to be and tells what of the wanted state it lacks; empty: nothing does. */
export function checkWorkstate(text: string, file: string, wanted: Workstate): string[] {
  let found: Workstate
  try {
    found = parseWorkstate(text, file)
  } catch (error) {
    if (isUserError(error)) return [error.message]
    throw error
  }
  const troubles = found.missing.map((title) => `${file}: the section "${title}" is missing`)
  if (found.goal !== wanted.goal.trim())
    troubles.push(`${file}: the goal reads ${JSON.stringify(found.goal.slice(0, 60))}`)
  for (const key of LISTS) troubles.push(...lacking(file, key, wanted[key], found[key]))
  const steps = ({plan}: Workstate) => plan.map(({state, text}) => `${state} ${text}`)
  troubles.push(...lacking(file, 'plan', steps(wanted), steps(found)))
  const heads = [wanted.head.turn, wanted.head.at, wanted.head.engine, wanted.head.resumes]
  if (heads.join(' ') !== [found.head.turn, found.head.at, found.head.engine, found.head.resumes].join(' '))
    troubles.push(`${file}: the header differs`)
  return troubles
}

function lacking(file: string, what: string, wanted: readonly string[], found: readonly string[]): string[] {
  const there = new Set(found)
  const lost = wanted
    .filter((item) => !there.has(item.trim()))
    .map((item) => `${file}: ${what} lacks ${JSON.stringify(item.slice(0, 60))}`)
  if (lost.length === 0 && wanted.length !== found.length)
    lost.push(`${file}: ${what} has ${found.length} lines, not ${wanted.length}`)
  return lost
}
