import {isUserError} from '../../kit/errors.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {workstatePath} from '../../memory/workstate/path.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {parseWorkstate, type Workstate} from '../../workspace/workstate-file.js'

/** What an agent's work, or one conversation, stands at; null where there is no file, or none that can be read. */
export function readWork({home}: Fleet, agent: AgentEntry, other: string | null): Workstate | null {
  const path = workstatePath(agent, other)
  const text = home.files.readText(path)
  if (text === null || text.trim() === '') return null
  try {
    return parseWorkstate(text, path)
  } catch (error) {
    // Who goes on from it says what is wrong with it.
    if (isUserError(error)) return null
    throw error
  }
}

/** What the work goes on with, in a line: what it waits for, or its next step. */
export function nextOf(state: Workstate | null): string | null {
  if (!state) return null
  const {waiting, plan, questions, goal} = state
  const step = plan.find(({state: at}) => at === 'doing') ?? plan.find(({state: at}) => at === 'next')
  const open = waiting[0] ? `waits for: ${waiting[0]}` : (step?.text ?? questions[0] ?? goal)
  return open.trim() === '' ? null : shorten(cleanLine(open), 200)
}
