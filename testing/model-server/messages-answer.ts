import {createHash} from 'node:crypto'
import type {Problem, ScriptedAnswer} from './behaviour.js'
import {anthropicBody} from './problem.js'
import type {Charge} from './prompt-cache.js'
import {countTokens, pieces} from './shape.js'

/** What an answer is made of beside its script. */
export interface Around {
  /** Goes up from answer to answer. */
  readonly number: number
  readonly model: string
  readonly charge: Charge
  /** Milliseconds since the epoch. */
  readonly now: number
}

type Block = Readonly<Record<string, unknown>> & {readonly type: string}

const SMALL = 12

/** What makes a thought genuine: sent back changed, it is refused. */
export function signatureOf(thinking: string): string {
  return createHash('sha256').update(`thought:${thinking}`).digest('base64')
}

/** The answer to a request without `stream`. */
export function messageBody(answer: ScriptedAnswer, around: Around): unknown {
  const content = blocksOf(answer, around).map(({block, delta}) =>
    block.type === 'tool_use' ? {...block, input: readable(delta.join(''))} : whole(block, delta.join('')),
  )
  return {...head(answer, around), content, ...ending(answer), ...usage(answer, fullUsage(answer, around))}
}

/** The same answer as events of a stream, each as it goes over the wire. */
export function messageEvents(answer: ScriptedAnswer, around: Around): string[] {
  const events = [
    sse('message_start', {
      message: {
        ...head(answer, around),
        content: [],
        stop_reason: null,
        stop_sequence: null,
        ...usage(answer, {...fullUsage(answer, around), output_tokens: 1}),
      },
    }),
  ]
  for (const [index, {block, delta, kind}] of blocksOf(answer, around).entries()) {
    events.push(sse('content_block_start', {index, content_block: block}))
    for (const [key, value] of deltasOf(kind, delta)) {
      events.push(sse('content_block_delta', {index, delta: {type: key, ...value}}))
    }
    if (block.type === 'thinking') {
      const signature = signatureOf(delta.join(''))
      events.push(sse('content_block_delta', {index, delta: {type: 'signature_delta', signature}}))
    }
    events.push(sse('content_block_stop', {index}))
  }
  const {cache_creation: _, service_tier: __, ...counted} = fullUsage(answer, around)
  events.push(sse('message_delta', {delta: ending(answer), ...usage(answer, counted)}), sse('message_stop', {}))
  return events
}

export const PING = sse('ping', {})

export function errorEvent(problem: Problem, requestId: string): string {
  return `event: error\ndata: ${JSON.stringify(anthropicBody(problem, requestId))}\n\n`
}

function sse(type: string, fields: Readonly<Record<string, unknown>>): string {
  return `event: ${type}\ndata: ${JSON.stringify({type, ...fields})}\n\n`
}

function head({kind: _}: ScriptedAnswer, {number, model}: Around): Readonly<Record<string, unknown>> {
  return {id: `msg_${String(number).padStart(6, '0')}`, type: 'message', role: 'assistant', model}
}

interface Streamed {
  /** As it begins. */
  readonly block: Block
  readonly delta: readonly string[]
  readonly kind: 'text' | 'thinking' | 'json'
}

function blocksOf({text, thinking, calls, letters = SMALL}: ScriptedAnswer, {number}: Around): Streamed[] {
  const found: Streamed[] = []
  if (thinking !== undefined) {
    found.push({
      block: {type: 'thinking', thinking: '', signature: ''},
      delta: pieces(thinking, letters),
      kind: 'thinking',
    })
  }
  if (text !== '') found.push({block: {type: 'text', text: ''}, delta: pieces(text, letters), kind: 'text'})
  for (const [index, {tool, input = {}, rawInput, id}] of calls.entries()) {
    const block = {type: 'tool_use', id: id ?? `toolu_${number}_${index + 1}`, name: tool, input: {}}
    found.push({block, delta: ['', ...pieces(rawInput ?? JSON.stringify(input), letters)], kind: 'json'})
  }
  return found
}

function deltasOf(kind: Streamed['kind'], delta: readonly string[]): [string, Readonly<Record<string, string>>][] {
  if (kind === 'json') return delta.map((text) => ['input_json_delta', {partial_json: text}])
  return delta.map((text) => [`${kind}_delta`, {[kind]: text}])
}

function whole(block: Block, text: string): Block {
  return block.type === 'thinking' ? {...block, thinking: text, signature: signatureOf(text)} : {...block, text}
}

function readable(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {} // What the real API gives where a model's arguments can't be read.
  }
}

function ending({calls, end, stop, refusal}: ScriptedAnswer): Readonly<Record<string, unknown>> {
  const word =
    end === 'length' ? 'max_tokens' : end === 'refusal' ? 'refusal' : calls.length > 0 ? 'tool_use' : 'end_turn'
  const details =
    refusal === undefined ? {} : {stop_details: {type: 'refusal', category: 'general_harms', explanation: refusal}}
  return {stop_reason: stop === undefined ? word : stop, stop_sequence: null, ...details}
}

function fullUsage({text, thinking = '', calls}: ScriptedAnswer, {charge}: Around) {
  return {
    input_tokens: charge.input,
    cache_creation_input_tokens: charge.written5m + charge.written1h,
    cache_read_input_tokens: charge.read,
    cache_creation: {ephemeral_5m_input_tokens: charge.written5m, ephemeral_1h_input_tokens: charge.written1h},
    output_tokens: countTokens(text) + countTokens(thinking) + calls.reduce((sum, call) => sum + countTokens(call), 0),
    service_tier: 'standard',
  }
}

function usage({usage: said = {}}: ScriptedAnswer, honest: object): Readonly<Record<string, unknown>> {
  return said === 'absent' ? {} : {usage: {...honest, ...said}}
}
