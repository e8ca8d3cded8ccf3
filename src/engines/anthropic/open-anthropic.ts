import {type Clock, systemClock} from '../../kit/clock.js'
import type {CallOptions, ClaimedUsage, Engine, EngineModel, EngineRequest, Reply, Stopped} from '../engine.js'
import {addClaims, claimed, unknownUsage} from '../http/claimed.js'
import {drain} from '../http/drain.js'
import {readError} from '../http/http-failure.js'
import {keyTrouble} from '../http/key-trouble.js'
import {sayable, stopFor} from '../http/stop-for.js'
import {reasonOf} from '../http/stop-reason.js'
import {openWatch, stopped, type Watch} from '../http/watch.js'
import type {Prompt} from '../prompt.js'
import {Collector} from './collect.js'
import {endOf} from './end.js'
import {wirePrompt} from './request.js'
import type {ContentBlock, WirePrompt, WireRequest} from './wire.js'

export interface AnthropicSettings {
  readonly name: string
  readonly model: string
  /** With or without `/v1` at its end; absent: the public one. */
  readonly baseUrl?: string
  /** Empty for servers of one's own that want none; the public one always wants one. */
  readonly key: string
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly facts: EngineModel
  /** What a date in `retry-after` is measured by. */
  readonly clock?: Clock
}

const PUBLIC = 'https://api.anthropic.com'

/** The API may pause a long answer and wants it back to go on; past this many times it is left where it stands. */
const MOST_RESUMES = 4

/** Claude over the Messages API: streamed, one try a reply, with the prefix marked for the cache where that pays. */
export function openAnthropic(settings: AnthropicSettings): Engine {
  const {name, facts} = settings
  return {
    name,
    model: facts,
    reply: (request, options) => reply(settings, request, options),
    countTokens: (prompt, signal) => countTokens(settings, prompt, signal),
  }
}

async function reply(settings: AnthropicSettings, request: EngineRequest, options: CallOptions): Promise<Reply> {
  const trouble = troubleOf(settings)
  if (trouble) return stopped({reason: 'unauthorized', detail: trouble})
  const prompt = await request.prompt()
  const watch = openWatch(options.signal, settings)
  try {
    return await converse({settings, request, options, watch, prompt})
  } finally {
    watch.end()
  }
}

interface Conversation {
  readonly settings: AnthropicSettings
  readonly request: EngineRequest
  readonly options: CallOptions
  readonly watch: Watch
  readonly prompt: Prompt
}

async function converse({settings, request, options, watch, prompt}: Conversation): Promise<Reply> {
  const asked = address(settings, prompt)
  const native: ContentBlock[] = []
  const legs: Collector[] = []
  for (;;) {
    const leg = new Collector()
    legs.push(leg)
    const failed = await drain(await events(settings, withAnswerSoFar(asked, native), watch), (event) => {
      const text = leg.take(event)
      // A paused answer goes on under the same watch.
      if (leg.isComplete && leg.stopReason !== 'pause_turn') watch.hurry()
      if (text !== '') options.onEvent({kind: 'text', text})
    })
    const stop = failureOf(failed, {leg, legs, settings, watch})
    if (stop) return stop
    native.push(...leg.native())
    if (leg.stopReason !== 'pause_turn' || legs.length > MOST_RESUMES) break
  }
  const last = legs.at(-1) ?? new Collector()
  const usage = usageOf(legs)
  if (last.stopReason === 'model_context_window_exceeded') {
    const detail = 'the context window was full before the answer was'
    return stopped({reason: 'too-long', detail}, usage ?? unknownUsage(legs.length))
  }
  const calls = legs.flatMap((leg) => leg.calls())
  const {end, note} = endOf(last, calls.length)
  return {
    kind: 'answer',
    text: legs.map((leg) => leg.text()).join(''),
    calls,
    end,
    answered: end === 'done' ? request.questions.map(({check}) => check) : [],
    usage,
    native,
    ...(note === null ? {} : {note: sayable(note, settings.key)}),
  }
}

function address({name, model, facts}: AnthropicSettings, prompt: Prompt): WireRequest {
  const max_tokens = Math.max(1, Math.min(prompt.maxOutput, facts.maxOutput))
  return {...wirePrompt(prompt, {name, model, minCacheTokens: facts.minCacheTokens}), max_tokens}
}

function withAnswerSoFar(asked: WireRequest, native: readonly ContentBlock[]): WireRequest {
  if (native.length === 0) return asked
  return {...asked, messages: [...asked.messages, {role: 'assistant', content: [...native]}]}
}

async function events(
  settings: AnthropicSettings,
  request: WireRequest,
  watch: Watch,
): Promise<AsyncIterable<unknown>> {
  const {streamEvents} = await import('./client.js')
  return streamEvents(placeOf(settings), request, watch)
}

interface Attempt {
  readonly leg: Collector
  readonly legs: readonly Collector[]
  readonly settings: AnthropicSettings
  readonly watch: Watch
}

/** Why there is no answer; null when there is one. Whatever comes after the stop reason can't take the answer back. */
function failureOf(failed: {readonly error: unknown} | null, {leg, legs, settings, watch}: Attempt): Stopped | null {
  if (watch.broken()?.reason !== 'interrupted' && leg.stopReason !== null) return null
  if (!failed && leg.isComplete) return null
  const {key, clock = systemClock} = settings
  const usage = leg.hasBegun || legs.length > 1 ? (usageOf(legs) ?? unknownUsage(legs.length)) : null
  if (!failed) {
    const detail = leg.hasBegun ? 'the answer ended in the middle' : 'no event of an answer came'
    return stopped({reason: 'cut', detail}, usage)
  }
  const body = isStreamError(failed.error) ? readError(failed.error.body) : null
  if (!body) return stopFor(failed.error, {watch, key, usage, now: clock.now()})
  return stopped({reason: reasonOf(body, null), detail: sayable(body.message, key)}, usage)
}

/** Known by its shape: its class lies behind the door to the SDK, which is opened late. */
function isStreamError(error: unknown): error is Error & {readonly body: unknown} {
  return error instanceof Error && error.name === 'StreamError' && 'body' in error
}

/** Of all legs together; null when nobody has said anything. */
function usageOf(legs: readonly Collector[]): ClaimedUsage | null {
  const said = legs.map((leg) => leg.usage())
  if (said.every((usage) => usage === null)) return null
  return said.map((usage) => usage ?? unknownUsage(1)).reduce(addClaims)
}

async function countTokens(settings: AnthropicSettings, prompt: Prompt, signal: AbortSignal): Promise<number | null> {
  if (troubleOf(settings)) return null
  const {max_tokens: _, ...counted}: WirePrompt & {max_tokens: number} = address(settings, prompt)
  const watch = openWatch(signal, settings)
  try {
    const client = await import('./client.js')
    return claimed(await client.countTokens(placeOf(settings), counted, watch))
  } catch {
    return null // It is only an estimate that fails here; whoever asked has one of its own.
  } finally {
    watch.end()
  }
}

function troubleOf({baseUrl, key}: AnthropicSettings): string | null {
  return key === '' && baseUrl !== undefined ? null : keyTrouble(key)
}

function placeOf({baseUrl = PUBLIC, key}: AnthropicSettings): {baseUrl: string; key: string} {
  return {baseUrl: baseUrl.replace(/\/+$/, '').replace(/\/v1$/, ''), key: key || 'none'}
}
