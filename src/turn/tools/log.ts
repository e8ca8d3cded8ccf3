import {cleanLine} from '../../kit/text.js'
import {type Tool, textOf} from '../tool.js'

/** One more line in the day's log. */
export const logTool: Tool = {
  name: 'log',
  verb: null,
  targetOf: () => 'log',
  plan: (input) => ({changes: [], line: cleanLine(textOf(input, 'text')), messages: []}),
}
