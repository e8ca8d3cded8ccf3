import {isUserError} from '../kit/errors.js'
import {cleanLine} from '../kit/text.js'
import {listAgents} from '../workspace/agents.js'
import {findHome, type Home, readHome} from '../workspace/home.js'
import {nearest} from './nearest.js'

/** What `mcos` alone says where there is no fleet. */
export const WELCOME = `mcos runs AI agents out of plain files: each agent is a folder of markdown,
a fleet is a git repository, and every turn is one commit.

There is no fleet here yet.
  mcos init                  begins one: six questions at most, then a beat
  mcos init my-fleet --yes   the same without questions
  mcos --help                every command
`

/** The fleet this is, in one line; null where there is none. */
export async function hereLine(): Promise<string | null> {
  const home = await homeHere()
  if (home === null) return null
  const names = listAgents(home).map(({name}) => name)
  const who = names.length === 0 ? 'no agents yet' : names.slice(0, 8).join(', ')
  const more = names.length > 8 ? ` and ${names.length - 8} more` : ''
  return cleanLine(`Here: the fleet ${home.config.name} in ${home.dir}, with ${who}${more}. How it stands: mcos status`)
}

/** The agent of this fleet that is called so; or, unless only that will do, nearly so. */
export async function agentMeant(typed: string, {isExact}: {readonly isExact: boolean}): Promise<string | null> {
  const home = await homeHere()
  if (home === null) return null
  const names = listAgents(home).map(({name}) => name)
  if (names.includes(typed)) return typed
  return isExact ? null : (nearest(typed, names, 1)[0] ?? null)
}

/** A fleet that can't be read is as good as none here: whoever opens it says why. */
async function homeHere(): Promise<Home | null> {
  try {
    return await readHome(findHome({cwd: process.cwd(), env: process.env}))
  } catch (error) {
    if (!isUserError(error)) throw error
    return null
  }
}
