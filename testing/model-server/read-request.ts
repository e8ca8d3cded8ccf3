import {type LengthField, readChatRequest} from './chat-request.js'
import {readMessagesRequest} from './messages-request.js'
import {refuse} from './problem.js'
import type {Block} from './prompt-cache.js'
import type {RecordedRequest} from './recorded.js'
import {countTokens, type Fields} from './shape.js'

/** What the far side insists on beside a well-formed request. */
export interface Limits {
  /** The only key that is let in; absent: any. */
  readonly key?: string
  /** The only model there is; absent: any. */
  readonly model?: string
  /** Input past it is refused as too long; absent: nothing is. */
  readonly window?: number
  readonly maxOutput?: number
  readonly lengthField?: LengthField
}

/** A request that was taken, of either wire. */
export interface Read {
  readonly blocks: readonly Block[]
  readonly model: string
  readonly maxTokens: number | null
  readonly isStream: boolean
  readonly wantsUsage: boolean
}

/** Reads a request as strictly as the real API does; what that refuses is thrown as `Refused`. */
export function readRequest(record: RecordedRequest, method: string, options: Limits): Read {
  const {wire, headers, body, raw} = record
  if (wire === 'none') refuse(404, 'Not found')
  if (method !== 'POST') refuse(405, 'Method Not Allowed', {type: 'invalid_request_error'})
  const key = keyOf(record)
  // Servers of chat completions on one's own machine want none.
  if (key === '' && wire !== 'chat') refuse(401, 'x-api-key header is required')
  if (options.key !== undefined && key !== options.key)
    refuse(401, wire === 'chat' ? 'Incorrect API key provided.' : 'invalid x-api-key')
  if (!String(headers['content-type']).startsWith('application/json'))
    refuse(400, 'content-type: must be application/json')
  if (!body) refuse(400, 'The request body is not valid JSON')
  // JSON.stringify writes half a character, and nothing else, as such an escape.
  if (/(?<!\\)(\\\\)*\\ud[89a-f]/i.test(raw.toString('utf8'))) {
    refuse(400, 'The request body is not valid JSON: no low surrogate in string: line 1 column 1 (char 0)')
  }
  const read = readBody(body ?? {}, record, options)
  if (options.model !== undefined && read.model !== options.model)
    refuse(404, `model: ${read.model}`, {code: 'model_not_found'})
  const {window, maxOutput} = options
  const output = read.maxTokens ?? 0
  if (maxOutput !== undefined && output > maxOutput) {
    refuse(
      400,
      `max_tokens: ${output} > ${maxOutput}, which is the maximum allowed number of output tokens for ${read.model}`,
    )
  }
  const input = inputTokens(read)
  if (window !== undefined && input + output > window) {
    refuse(
      400,
      wire === 'chat' ? chatTooLong(window, input) : `prompt is too long: ${input} tokens > ${window} maximum`,
      {
        ...(wire === 'chat' ? {code: 'context_length_exceeded', param: 'messages'} : {}),
      },
    )
  }
  return read
}

function readBody(body: Fields, {wire, headers}: RecordedRequest, {lengthField = 'both'}: Limits): Read {
  if (wire === 'chat') return readChatRequest(body, lengthField)
  if (headers['anthropic-version'] === undefined) refuse(400, 'anthropic-version: header is required')
  return {...readMessagesRequest(body, wire === 'count'), wantsUsage: true}
}

function chatTooLong(window: number, input: number): string {
  return `This model's maximum context length is ${window} tokens. However, your messages resulted in ${input} tokens. Please reduce the length of the messages.`
}

export function keyOf({headers}: RecordedRequest): string {
  const key = headers['x-api-key']
  return typeof key === 'string' ? key : (headers.authorization ?? '').replace(/^Bearer /, '')
}

/** What a request costs to read, by this server's own tokenizer. */
export function inputTokens({blocks}: Pick<Read, 'blocks'>): number {
  return blocks.reduce((total, {value}) => total + countTokens(value), 0)
}
