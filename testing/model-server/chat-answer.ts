import type {ScriptedAnswer} from './behaviour.js'
import type {Around} from './messages-answer.js'
import {countTokens, pieces} from './shape.js'

const SMALL = 12

type Fields = Readonly<Record<string, unknown>>

/** The answer to a request without `stream`. */
export function completionBody(answer: ScriptedAnswer, around: Around): unknown {
  const calls = callsOf(answer, around).map(({id, name, text}) => ({
    ...id,
    type: 'function',
    function: {name, arguments: text},
  }))
  const message = {
    role: 'assistant',
    content: answer.text === '' && calls.length > 0 ? null : answer.text,
    ...reasoning(answer.thinking),
    ...(answer.refusal === undefined ? {} : {refusal: answer.refusal}),
    ...(calls.length > 0 ? {tool_calls: calls} : {}),
  }
  const choice = {index: 0, message, finish_reason: finishOf(answer)}
  return {...head('chat.completion', around), choices: [choice], ...usageOf(answer, around)}
}

/** The same answer as chunks of a stream; usage comes last, in a chunk without choices, where it was asked for. */
export function completionChunks(answer: ScriptedAnswer, around: Around, wantsUsage: boolean): string[] {
  const {text, thinking, refusal, letters = SMALL} = answer
  const chunk = (delta: Fields, finish: string | null = null): string =>
    data({
      ...head('chat.completion.chunk', around),
      choices: [{index: 0, delta, finish_reason: finish}],
      ...noUsageYet(wantsUsage),
    })
  const chunks = [chunk({role: 'assistant', content: ''})]
  for (const piece of pieces(thinking ?? '', letters)) chunks.push(chunk(reasoning(piece)))
  for (const piece of pieces(text, letters)) chunks.push(chunk({content: piece}))
  if (refusal !== undefined) chunks.push(chunk({refusal}))
  for (const [index, call] of callsOf(answer, around).entries()) {
    chunks.push(
      chunk({tool_calls: [{index, ...call.id, type: 'function', function: {name: call.name, arguments: ''}}]}),
    )
    for (const piece of pieces(call.text, letters)) {
      chunks.push(chunk({tool_calls: [{index, function: {arguments: piece}}]}))
    }
  }
  chunks.push(chunk({}, finishOf(answer)))
  if (wantsUsage) chunks.push(data({...head('chat.completion.chunk', around), choices: [], ...usageOf(answer, around)}))
  return [...chunks, 'data: [DONE]\n\n']
}

/** What servers send so that nobody in between takes a slow answer for a dead one. */
export const KEEP_ALIVE = ': keep-alive\n\n\n'

function data(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

function head(object: string, {number, model, now}: Around): Fields {
  return {id: `chatcmpl-${String(number).padStart(6, '0')}`, object, created: Math.floor(now / 1000), model}
}

function reasoning(text: string | undefined): Fields {
  return text === undefined ? {} : {reasoning_content: text}
}

function noUsageYet(wantsUsage: boolean): Fields {
  return wantsUsage ? {usage: null} : {}
}

function callsOf({calls, hasNoCallIds = false}: ScriptedAnswer, {number}: Around) {
  return calls.map(({tool, input = {}, rawInput, id}, index) => ({
    id: hasNoCallIds ? {} : {id: id ?? `call_${number}_${index + 1}`},
    name: tool,
    text: rawInput ?? JSON.stringify(input),
  }))
}

function finishOf({calls, end, stop}: ScriptedAnswer): string | null {
  if (stop !== undefined) return stop
  if (end !== undefined) return end === 'length' ? 'length' : 'content_filter'
  return calls.length > 0 ? 'tool_calls' : 'stop'
}

function usageOf({text, thinking = '', calls, usage = {}}: ScriptedAnswer, {charge}: Around): Fields {
  if (usage === 'absent') return {}
  const prompt = charge.input + charge.read + charge.written5m + charge.written1h
  const reasoned = thinking === '' ? 0 : countTokens(thinking)
  const completion = countTokens(text) + reasoned + calls.reduce((sum, call) => sum + countTokens(call), 0)
  const honest = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {cached_tokens: charge.read},
    completion_tokens_details: {reasoning_tokens: reasoned},
  }
  return {usage: {...honest, ...usage}}
}
