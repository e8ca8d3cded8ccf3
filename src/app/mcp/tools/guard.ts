import {BadCall} from '../../../turn/bad-call.js'
import {optionalTextOf, textOf} from '../../../turn/tool.js'
import {checkGuard} from '../../guard-check.js'
import type {ServedTool} from '../served-tool.js'

/** A command line of this length is taken apart in no time; nobody asks about a longer one. */
const LONGEST = 20_000

/** What the guard would say of an action of this agent, after what its session has heard. */
export const guardCheck: ServedTool = {
  name: 'guard_check',
  title: 'Ask the guard',
  description:
    'Whether you may do something, without doing it: verb (read, write, delete, run, fetch, or a word of the contract such as message) and target (a path from the home, a host, a command line).',
  takes: {verb: {type: 'string'}, target: {type: 'string'}, 'content?': {type: 'string'}},
  hints: {readOnly: true},
  async call({desk: {fleet, agent, env, session}, input}) {
    const content = optionalTextOf(input, 'content')
    for (const key of ['verb', 'target']) {
      if (textOf(input, key).length > LONGEST) throw new BadCall(`"${key}" is longer than ${LONGEST} letters`)
    }
    const action = {
      verb: textOf(input, 'verb'),
      target: textOf(input, 'target'),
      ...(content === null ? {} : {content}),
    }
    const where = {home: fleet.home.dir, cwd: fleet.home.dir, env, clock: fleet.clock}
    return {value: await checkGuard({agent: agent.name, session, kind: 'action', action}, where)}
  },
}
