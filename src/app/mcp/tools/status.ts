import {agentPaths, findAgent} from '../../../workspace/agents.js'
import {type AgentStatus, statusOf} from '../../status.js'
import {maySee} from '../own-files.js'
import type {ServedTool} from '../served-tool.js'

/** How the fleet stands, as far as it is the agent's business. */
export const status: ServedTool = {
  name: 'status',
  title: 'Show status',
  description:
    'Your own state, beats, tokens, money, inbox and open work, and that of agents whose SOUL.md your contract lets you read.',
  takes: {},
  hints: {readOnly: true},
  async call({desk}) {
    const {fleet, host, at, stopped, agents} = await statusOf(desk.fleet)
    const shown: AgentStatus[] = []
    for (const one of agents) {
      if (one.agent === desk.agent.name) shown.push(one)
      else if (await maySee(desk, agentPaths(findAgent(desk.fleet.home, one.agent)).soul)) shown.push(withoutWords(one))
    }
    return {value: {fleet, host, at, stopped, agents: shown}}
  },
}

/** What another has written stands in its log, for those who may read that. */
function withoutWords(one: AgentStatus): AgentStatus {
  return {...one, last_line: null, error: one.error === null ? null : 'it has failed'}
}
