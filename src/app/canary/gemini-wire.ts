import type {ModelAnswer, ModelRequest, ScriptedWire} from './scripted-model.js'
import type {ToolCall} from './tool-call.js'

/** Google's generateContent: one call an answer, then the end. */
export function geminiWire(calls: readonly ToolCall[]): ScriptedWire {
  let asked = 0
  return {
    answered: () => Math.max(asked - 1, 0),
    answer({method, path}: ModelRequest): ModelAnswer | null {
      if (method !== 'POST') return null
      if (path.endsWith(':countTokens')) return {document: {totalTokens: 1}}
      // What it asks in between, such as which model fits, wants one JSON document; any will do.
      if (path.endsWith(':generateContent')) return {document: content({text: '{}'})}
      if (!path.endsWith(':streamGenerateContent')) return null
      const call = calls[asked++]
      return {events: [{data: content(call ? {functionCall: {name: call.tool, args: call.input}} : {text: 'Done.'})}]}
    },
  }
}

function content(part: Readonly<Record<string, unknown>>) {
  return {
    candidates: [{content: {role: 'model', parts: [part]}, finishReason: 'STOP', index: 0}],
    usageMetadata: {promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2},
  }
}
