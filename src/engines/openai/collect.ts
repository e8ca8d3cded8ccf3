import {isRecord} from '../../kit/is-record.js'
import type {ClaimedUsage, ToolCall} from '../engine.js'
import {readError, type SaidError} from '../http/http-failure.js'
import {insistOnShallow} from '../http/shallow.js'
import {CallSlots} from './call-slots.js'
import type {NativeMessage} from './request.js'
import {usageOf} from './usage.js'

/** Puts one answer together from a stream's chunks, or from the one object of a server that doesn't stream. */
export class Collector {
  private readonly slots = new CallSlots()
  private claims: ClaimedUsage | null = null
  private reasoning = ''
  text = ''
  finishReason: string | null = null
  /** The model said in so many words that it won't. */
  isRefused = false
  /** At least one chunk of an answer came: a model has read the prompt. */
  hasBegun = false
  /** The stream said that it was over. */
  isDone = false
  /** An error in the middle. */
  error: SaidError | null = null

  /** Takes the data of one event and gives the text that it adds; throws what is no JSON. */
  takeData(data: string): string {
    if (data.trim() === '[DONE]') {
      this.isDone = true
      return ''
    }
    return data.trim() === '' ? '' : this.take(insistOnShallow(JSON.parse(data)))
  }

  take(chunk: unknown): string {
    if (!isRecord(chunk)) return ''
    if (chunk['error'] !== undefined && chunk['error'] !== null) {
      this.error = readError(chunk)
      return ''
    }
    // The last one wins: some servers count on from chunk to chunk.
    this.claims =
      usageOf(chunk['usage']) ?? usageOf(isRecord(chunk['x_groq']) ? chunk['x_groq']['usage'] : null) ?? this.claims
    const choice: unknown = Array.isArray(chunk['choices']) ? chunk['choices'][0] : undefined
    if (!isRecord(choice)) return ''
    this.hasBegun = true
    if (typeof choice['finish_reason'] === 'string') this.finishReason = choice['finish_reason']
    const delta = choice['delta'] ?? choice['message']
    return isRecord(delta) ? this.takeDelta(delta) : ''
  }

  calls(): ToolCall[] {
    return this.slots.calls()
  }

  native(): NativeMessage {
    return {extras: this.slots.extras(), reasoning: this.reasoning}
  }

  usage(): ClaimedUsage | null {
    return this.claims
  }

  private takeDelta(delta: Readonly<Record<string, unknown>>): string {
    const {content, refusal, reasoning_content: reasoning, tool_calls: calls} = delta
    if (typeof reasoning === 'string') this.reasoning += reasoning
    if (Array.isArray(calls)) for (const call of calls) this.slots.take(call)
    const refused = typeof refusal === 'string' ? refusal : ''
    if (refused !== '') this.isRefused = true
    const added = textOf(content) + refused
    this.text += added
    return added
  }
}

/** Text comes as such, or as a list of parts of which some are text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part) => (isRecord(part) && part['type'] === 'text' && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}
