import {isRecord} from '../../kit/is-record.js'
import type {ToolCall} from '../prompt.js'
import {isShallow} from './shallow.js'

/** A call from the text of its arguments, which may be anything; what can't be read is said, not thrown. */
export function callFrom({
  id,
  tool,
  text,
}: {
  readonly id: string
  readonly tool: string
  readonly text: string
}): ToolCall {
  if (tool === '') return {id, tool, input: {}, problem: 'the call names no tool'}
  if (text.trim() === '') return {id, tool, input: {}}
  try {
    const input: unknown = JSON.parse(text)
    if (!isShallow(input)) return {id, tool, input: {}, problem: 'the arguments are nested too deep'}
    if (isRecord(input)) return {id, tool, input}
    return {
      id,
      tool,
      input: {},
      problem: `the arguments have to be a JSON object, not ${JSON.stringify(input).slice(0, 80)}`,
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {id, tool, input: {}, problem: `the arguments are not JSON (${why}): ${text.slice(0, 200)}`}
  }
}
