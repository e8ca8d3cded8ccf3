import type {ModelAnswer, ModelRequest, ScriptedWire} from './scripted-model.js'
import type {ToolCall} from './tool-call.js'

/** Anthropic's Messages: one call an answer, then the end. */
export function anthropicWire(calls: readonly ToolCall[]): ScriptedWire {
  let asked = 0
  return {
    answered: () => Math.max(asked - 1, 0),
    answer({method, path, body}: ModelRequest): ModelAnswer | null {
      if (method !== 'POST') return null
      if (path.endsWith('/count_tokens')) return {document: {input_tokens: 1}}
      if (!path.endsWith('/v1/messages')) return null
      // Titles and the like are asked for without tools.
      const isTurn = Array.isArray(body['tools']) && body['tools'].length > 0
      const call = isTurn ? calls[asked++] : undefined
      return {events: messageEvents(call, {id: String(asked), model: body['model']})}
    },
  }
}

function messageEvents(call: ToolCall | undefined, {id, model}: {id: string; model: unknown}) {
  const usage = {input_tokens: 1, output_tokens: 1}
  const block = call ? {type: 'tool_use', id: `toolu_${id}`, name: call.tool, input: {}} : {type: 'text', text: ''}
  const delta = call
    ? {type: 'input_json_delta', partial_json: JSON.stringify(call.input)}
    : {type: 'text_delta', text: 'Done.'}
  const message = {id: `msg_${id}`, type: 'message', role: 'assistant', model, content: [], stop_reason: null, usage}
  const events = [
    {type: 'message_start', message: {...message, stop_sequence: null}},
    {type: 'content_block_start', index: 0, content_block: block},
    {type: 'content_block_delta', index: 0, delta},
    {type: 'content_block_stop', index: 0},
    {type: 'message_delta', delta: {stop_reason: call ? 'tool_use' : 'end_turn', stop_sequence: null}, usage},
    {type: 'message_stop'},
  ]
  return events.map((data) => ({name: data.type, data}))
}
