import {isRecord} from '../../kit/is-record.js'
import {arrange, type Part, safeToolName} from '../http/conversation.js'
import {wellFormed} from '../http/well-formed.js'
import type {Prompt, ToolCall} from '../prompt.js'

type Fields = Readonly<Record<string, unknown>>

/** What an earlier answer of the same engine has beside text and calls. */
export interface NativeMessage {
  /** Fields of each call that only its server understands, such as Gemini's thought signatures, in the calls' order. */
  readonly extras: readonly Fields[]
  /** What the model thought before it called, which DeepSeek wants back within the same piece of work. */
  readonly reasoning: string
}

/** Which field says how long an answer may be. */
export type LengthField = 'max_tokens' | 'max_completion_tokens'

/** OpenAI's own servers refuse the old name for new models; all others know the old one, and many know no other. */
export function lengthFieldFor(baseUrl: string): LengthField {
  return /^https:\/\/([^/]+\.)?(openai\.com|openai\.azure\.com)(:\d+)?(\/|$)/i.test(baseUrl)
    ? 'max_completion_tokens'
    : 'max_tokens'
}

export interface Addressed {
  readonly name: string
  readonly model: string
  readonly lengthField: LengthField
  readonly maxOutput: number
}

/** A prompt as a chat completion's request, streamed; the same prompt gives the same bytes. */
export function chatRequest(prompt: Prompt, {name, model, lengthField, maxOutput}: Addressed): Fields {
  const tools = prompt.tools.map((tool) => ({
    type: 'function',
    function: {name: tool.name, description: tool.description, parameters: {type: 'object', ...tool.schema}},
  }))
  const system = prompt.prefix.trim() === '' ? [] : [{role: 'system', content: prompt.prefix}]
  return wellFormed({
    model,
    ...(tools.length > 0 ? {tools} : {}),
    messages: [...system, ...arrange(prompt.steps, name).flatMap(messagesOf)],
    [lengthField]: Math.max(1, Math.min(prompt.maxOutput, maxOutput)),
    stream: true,
    stream_options: {include_usage: true},
  })
}

function messagesOf(part: Part): Fields[] {
  if (part.from === 'model') return [modelMessage(part)]
  const results = part.results.map(({id, text, isError}) => ({
    role: 'tool',
    tool_call_id: id,
    content: isError ? `Error: ${text}` : text,
  }))
  return part.texts.length === 0 ? results : [...results, {role: 'user', content: part.texts.join('\n\n')}]
}

function modelMessage({text, calls, native}: Extract<Part, {from: 'model'}>): Fields {
  if (calls.length === 0) return {role: 'assistant', content: text}
  const {extras, reasoning} = isNative(native) ? native : {extras: [], reasoning: ''}
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    tool_calls: calls.map((call, index) => ({...extras[index], ...toolCall(call)})),
    ...(reasoning === '' ? {} : {reasoning_content: reasoning}),
  }
}

/** Arguments that could not be read are not sent back: there are servers that answer nothing at all to those. */
function toolCall({id, tool, input}: ToolCall): Fields {
  return {id, type: 'function', function: {name: safeToolName(tool), arguments: JSON.stringify(input)}}
}

function isNative(value: unknown): value is NativeMessage {
  return isRecord(value) && Array.isArray(value['extras']) && typeof value['reasoning'] === 'string'
}
