import {refuse} from './problem.js'
import type {Block} from './prompt-cache.js'
import {type Fields, fieldsAt, listAt, onlyFields, textAt} from './shape.js'

const KNOWN = [
  'messages',
  'model',
  'frequency_penalty',
  'max_completion_tokens',
  'max_tokens',
  'metadata',
  'n',
  'parallel_tool_calls',
  'presence_penalty',
  'prompt_cache_key',
  'reasoning_effort',
  'response_format',
  'seed',
  'stop',
  'store',
  'stream',
  'stream_options',
  'temperature',
  'tool_choice',
  'tools',
  'top_p',
  'user',
]

/** Fields of a message of each role, beside `role` and `content`. */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  system: ['name'],
  developer: ['name'],
  user: ['name'],
  assistant: ['name', 'tool_calls', 'refusal', 'reasoning_content'],
  tool: ['tool_call_id'],
}

/** Which field says how long an answer may be: new models of OpenAI refuse the old one, older servers don't know the new one. */
export type LengthField = 'max_tokens' | 'max_completion_tokens' | 'both'

/** A request for a chat completion that the real API would take; else it refuses as that one does. */
export interface ChatRequest {
  readonly model: string
  readonly maxTokens: number | null
  readonly isStream: boolean
  readonly wantsUsage: boolean
  readonly blocks: readonly Block[]
}

export function readChatRequest(body: Fields, lengthField: LengthField): ChatRequest {
  const stranger = Object.keys(body).find((key) => !KNOWN.includes(key))
  if (stranger) refuse(400, `Unrecognized request argument supplied: ${stranger}`)
  checkLengthField(body, lengthField)
  const isStream = body['stream'] === true
  if (body['stream_options'] !== undefined && !isStream) {
    refuse(400, "The 'stream_options' parameter is only allowed when 'stream' is enabled.", {param: 'stream_options'})
  }
  const tools = body['tools'] === undefined ? [] : readTools(body['tools'])
  const messages = listAt(body['messages'], 'messages')
  if (messages.length === 0) refuse(400, "Invalid 'messages': empty array.", {param: 'messages'})
  const blocks = [...tools, ...readMessages(messages)].map((value) => ({value, mark: null}))
  const maxTokens = body['max_tokens'] ?? body['max_completion_tokens'] ?? null
  return {
    model: textAt(body['model'], 'model'),
    maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
    isStream,
    wantsUsage: isStream && fieldsAt(body['stream_options'] ?? {}, 'stream_options')['include_usage'] === true,
    blocks,
  }
}

function checkLengthField(body: Fields, wanted: LengthField): void {
  const other = wanted === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
  if (wanted !== 'both' && body[other] !== undefined) {
    refuse(400, `Unsupported parameter: '${other}' is not supported with this model. Use '${wanted}' instead.`, {
      param: other,
      code: 'unsupported_parameter',
    })
  }
  for (const field of ['max_tokens', 'max_completion_tokens']) {
    const value = body[field]
    if (value !== undefined && !(Number.isInteger(value) && Number(value) >= 1)) {
      refuse(400, `Invalid '${field}': integer below minimum value. Expected a value >= 1.`, {param: field})
    }
  }
}

function readTools(value: unknown): unknown[] {
  const tools = listAt(value, 'tools')
  if (tools.length === 0)
    refuse(400, "Invalid 'tools': empty array. Expected an array with minimum length 1.", {param: 'tools'})
  return tools.map((item, index) => {
    const tool = fieldsAt(item, `tools[${index}]`)
    onlyFields(tool, ['type', 'function'], `tools[${index}]`)
    if (tool['type'] !== 'function')
      refuse(400, `Invalid value: 'tools[${index}].type'. Supported values are: 'function'.`)
    const made = fieldsAt(tool['function'], `tools[${index}].function`)
    onlyFields(made, ['name', 'description', 'parameters', 'strict'], `tools[${index}].function`)
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(textAt(made['name'], `tools[${index}].function.name`))) {
      refuse(400, `Invalid 'tools[${index}].function.name': string does not match pattern.`)
    }
    return tool
  })
}

function readMessages(messages: readonly unknown[]): Fields[] {
  let open: string[] = []
  const found = messages.map((item, index) => {
    const message = fieldsAt(item, `messages[${index}]`)
    const role = textAt(message['role'], `messages[${index}].role`)
    const known =
      MESSAGES[role] ??
      refuse(400, `Invalid value: '${role}'. Supported values are: 'system', 'assistant', 'user', 'tool'.`)
    onlyFields(message, ['role', 'content', ...known], `messages[${index}]`)
    if (role === 'tool') open = answered(message, open, index)
    else {
      if (open.length > 0) refuseUnanswered(open)
      open = role === 'assistant' ? callIds(message, index) : []
    }
    checkContent(message, role, index)
    return message
  })
  if (open.length > 0) refuseUnanswered(open)
  return found
}

function answered(message: Fields, open: readonly string[], index: number): string[] {
  const id = textAt(message['tool_call_id'], `messages[${index}].tool_call_id`)
  if (!open.includes(id)) {
    refuse(
      400,
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      {param: `messages.[${index}].role`},
    )
  }
  return open.filter((other) => other !== id)
}

function refuseUnanswered(ids: readonly string[]): never {
  return refuse(
    400,
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(', ')}`,
    {param: 'messages'},
  )
}

function callIds(message: Fields, index: number): string[] {
  if (message['tool_calls'] === undefined) return []
  const calls = listAt(message['tool_calls'], `messages[${index}].tool_calls`)
  if (calls.length === 0) refuse(400, `Invalid 'messages[${index}].tool_calls': empty array.`)
  const ids = calls.map((item, at) => {
    const place = `messages[${index}].tool_calls[${at}]`
    const call = fieldsAt(item, place)
    onlyFields(call, ['id', 'type', 'function'], place)
    const made = fieldsAt(call['function'], `${place}.function`)
    onlyFields(made, ['name', 'arguments'], `${place}.function`)
    textAt(made['name'], `${place}.function.name`)
    textAt(made['arguments'], `${place}.function.arguments`)
    return textAt(call['id'], `${place}.id`)
  })
  return new Set(ids).size === ids.length ? ids : refuse(400, 'Duplicate value for tool_call_id')
}

function checkContent(message: Fields, role: string, index: number): void {
  const {content} = message
  if (typeof content === 'string' || Array.isArray(content)) return
  if (role === 'assistant' && message['tool_calls'] !== undefined) return
  refuse(400, `Invalid value for 'content': expected a string, got ${content === null ? 'null' : typeof content}.`, {
    param: `messages.[${index}].content`,
  })
}
