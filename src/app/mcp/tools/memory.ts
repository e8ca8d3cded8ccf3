import {cleanLine} from '../../../kit/text.js'
import {textOf} from '../../../turn/tool.js'
import {agentPaths} from '../../../workspace/agents.js'
import {showMemory} from '../../memory.js'
import {whose} from '../own-files.js'
import type {ServedTool} from '../served-tool.js'
import {takeCall} from '../take-call.js'

/** Curated memory, the agent's own or one its contract lets it read. */
export const memoryShow: ServedTool = {
  name: 'memory_show',
  title: 'Show memory',
  description: "Your curated memory (MEMORY.md), or another agent's where your contract's reads cover it.",
  takes: {'agent?': {type: 'string'}},
  hints: {readOnly: true},
  async call({desk, input}) {
    const agent = await whose(desk, input['agent'], (other) => agentPaths(other).memory)
    const memory = showMemory(desk.fleet, agent.name)
    return {value: memory, text: memory.text === '' ? 'nothing is remembered yet' : memory.text}
  },
}

/** One fact more; after text from outside it is for a person to keep. */
export const memoryAdd: ServedTool = {
  name: 'memory_add',
  title: 'Remember a fact',
  description:
    'Keep one fact for good in your own MEMORY.md, with where it is from. Once this session has read text from outside, it waits for a person.',
  takes: {topic: {type: 'string'}, fact: {type: 'string'}, 'source?': {type: 'string'}},
  hints: {readOnly: false, idempotent: true},
  async call(call) {
    const {rememberTool} = await import('../../../turn/tools/remember.js')
    const {desk, input} = call
    const {done, changes, turn, commit} = await takeCall(rememberTool, input, call)
    const added = changes.length > 0
    const [, source = null] = /, source (.*)$/s.exec(done.text) ?? []
    // As it was kept: on one line.
    const [topic, fact] = [cleanLine(textOf(input, 'topic')), cleanLine(textOf(input, 'fact'))]
    const path = agentPaths(desk.agent).memory
    const value = {agent: desk.agent.name, path, topic, fact, source, confidence: 'medium', added, turn, commit}
    return {value, text: done.text}
  },
}
