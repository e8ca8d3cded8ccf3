import {cleanLine} from '../../kit/text.js'
import {type Tool, textOf} from '../tool.js'
import {refuseSecrets} from './secrets.js'

/** One more line in the day's log. */
export const logTool: Tool = {
  name: 'log',
  description: "Add a line to today's log.",
  takes: {text: {type: 'string'}},
  verbOf: () => null,
  targetOf: () => 'log',
  perform(input, {fleet}) {
    const line = cleanLine(textOf(input, 'text'))
    refuseSecrets(line, fleet)
    return {text: 'logged', changes: [], line, messages: []}
  },
}
