import {cleanLine, shorten} from '../../kit/text.js'
import {planAddFact, readMemory} from '../../memory/memory.js'
import {agentPaths} from '../../workspace/agents.js'
import {localTime} from '../../workspace/local-time.js'
import {BadCall} from '../bad-call.js'
import {optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {unreviewed} from './outside.js'
import {refuseSecrets} from './secrets.js'

/** One fact more in MEMORY.md, with where it is from. */
export const rememberTool: Tool = {
  name: 'remember',
  description: 'Keep a fact for good in MEMORY.md.',
  takes: {topic: {type: 'string'}, fact: {type: 'string'}, 'source?': {type: 'string'}},
  isOffered: ({contract}) => contract.writes.length > 0,
  verbOf: () => 'write',
  targetOf: (_, {agent}) => agentPaths(agent).memory,
  async perform(input, context) {
    const {fleet, agent, draft} = context
    const fact = textOf(input, 'fact')
    const topic = textOf(input, 'topic')
    const [taint] = context.facts.taint
    if (taint !== undefined) throw new BadCall(unreviewed(taint))
    const given = optionalTextOf(input, 'source')
    refuseSecrets(`${topic}\n${fact}\n${given ?? ''}`, fleet)
    // As the turn has it: two facts of one turn stand below one another.
    const files = {...fleet.home.files, read: (path: string) => draft.read(path)}
    const source = given ?? (await ownLine(context))
    const {path, changes} = planAddFact(readMemory(files, agent), {fact, topic, source, confidence: 'medium'})
    const isNew = changes.length > 0
    return {
      text: isNew ? `${path}, ${topic}: kept, source ${source}` : 'that is known already',
      changes,
      line: isNew ? `remembered (${cleanLine(topic)}): ${shorten(cleanLine(fact), 200)}` : null,
      messages: [],
    }
  },
}

/** Where the day's log tells of this turn. */
async function ownLine({fleet, turn}: ToolContext): Promise<string> {
  const {date} = await localTime(fleet, fleet.clock.now())
  return `memory/${date}.md ${turn}`
}
