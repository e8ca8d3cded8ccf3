import {agentPaths} from '../../../workspace/agents.js'
import {localTime} from '../../../workspace/local-time.js'
import {logOf} from '../../log.js'
import {whose} from '../own-files.js'
import type {ServedTool} from '../served-tool.js'
import {takeCall} from '../take-call.js'

/** A line in today's log of the agent itself. */
export const logAppend: ServedTool = {
  name: 'log_append',
  title: 'Add to the log',
  description: 'Add one line to your own log of today: what you did or found, for people and for your next context.',
  takes: {text: {type: 'string'}},
  hints: {readOnly: false},
  async call(call) {
    const {logTool} = await import('../../../turn/tools/log.js')
    const taken = await takeCall(logTool, call.input, call)
    const {agent, date, path, entries} = await logOf(call.desk.fleet, {agent: call.desk.agent.name}, call.desk.actor)
    const {turn, commit} = taken
    return {value: {agent, date, path, entries: entries.slice(-1), added: true, turn, commit}, text: taken.done.text}
  },
}

/** Today's log, the agent's own or one its contract lets it read. */
export const logRead: ServedTool = {
  name: 'log_read',
  title: "Read today's log",
  description:
    "Your log of today, or another agent's where your contract's reads cover it. Earlier days are resources.",
  takes: {'agent?': {type: 'string'}},
  hints: {readOnly: true},
  async call({desk, input}) {
    const {date} = await localTime(desk.fleet, desk.fleet.clock.now())
    const agent = await whose(desk, input['agent'], (other) => agentPaths(other).log(date))
    const log = await logOf(desk.fleet, {agent: agent.name}, desk.actor)
    return {value: log, text: log.text === '' ? 'nothing yet today' : log.text}
  },
}
