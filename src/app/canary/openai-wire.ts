import {isRecord} from '../../kit/is-record.js'
import type {ModelAnswer, ModelRequest, ScriptedWire} from './scripted-model.js'
import type {ToolCall} from './tool-call.js'

/** OpenAI's Responses: one call an answer, then the end. What is called depends on the tools that are offered. */
export function openaiWire(calls: (offered: ReadonlySet<string>) => readonly ToolCall[]): ScriptedWire {
  let asked = 0
  return {
    answered: () => Math.max(asked - 1, 0),
    answer({method, path, body}: ModelRequest): ModelAnswer | null {
      if (method !== 'POST' || !path.endsWith('/responses')) return null
      const offered = new Set(namesIn([body['tools'], body['input']]))
      const call = calls(offered)[asked++]
      return {events: responseEvents(call, String(asked))}
    },
  }
}

function responseEvents(call: ToolCall | undefined, id: string) {
  const item = itemOf(call, id)
  const usage = {
    input_tokens: 1,
    input_tokens_details: {cached_tokens: 0},
    output_tokens: 1,
    output_tokens_details: {reasoning_tokens: 0},
    total_tokens: 2,
  }
  const response = {id: `resp_${id}`, object: 'response'}
  const events = [
    {type: 'response.created', response: {...response, status: 'in_progress', output: []}},
    {type: 'response.output_item.added', output_index: 0, item},
    {type: 'response.output_item.done', output_index: 0, item},
    {type: 'response.completed', response: {...response, status: 'completed', output: [item], usage}},
  ]
  return events.map((data) => ({name: data.type, data}))
}

function itemOf(call: ToolCall | undefined, id: string) {
  if (!call) {
    const content = [{type: 'output_text', text: 'Done.', annotations: []}]
    return {type: 'message', id: `msg_${id}`, role: 'assistant', content, status: 'completed'}
  }
  const named = {call_id: `call_${id}`, name: call.tool, status: 'completed'}
  return typeof call.input === 'string'
    ? {type: 'custom_tool_call', id: `ctc_${id}`, ...named, input: call.input}
    : {type: 'function_call', id: `fc_${id}`, ...named, arguments: JSON.stringify(call.input)}
}

/** The names of everything that is offered, however deep a list of tools lies in the request; `custom:` before free text. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (!isRecord(value)) return []
  const {type, name, tools} = value
  const own = typeof name === 'string' && (type === 'custom' || type === 'function') ? [name] : []
  return [...own.map((one) => (type === 'custom' ? `custom:${one}` : one)), ...namesIn(tools)]
}
