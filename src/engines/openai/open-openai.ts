import {type Clock, systemClock} from '../../kit/clock.js'
import type {CallOptions, Engine, EngineModel, EngineRequest, Reply, Stopped} from '../engine.js'
import {unknownUsage} from '../http/claimed.js'
import {drain} from '../http/drain.js'
import {keyTrouble} from '../http/key-trouble.js'
import {insistOnShallow} from '../http/shallow.js'
import {sayable, stopFor} from '../http/stop-for.js'
import {reasonOf} from '../http/stop-reason.js'
import {openWatch, stopped, type Watch} from '../http/watch.js'
import {bytesOf, wireFetch} from '../http/wire-fetch.js'
import {Collector} from './collect.js'
import {endOf} from './end.js'
import {chatRequest, type LengthField, lengthFieldFor} from './request.js'
import {eventData} from './sse.js'
import {truncationNote} from './usage.js'

export interface OpenAiSettings {
  readonly name: string
  readonly model: string
  /** Up to and without `/chat/completions`; absent: OpenAI's own. */
  readonly baseUrl?: string
  /** null or empty for servers of one's own that want none. */
  readonly key: string | null
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly facts: EngineModel
  /** Where the rule by address is wrong about a server. */
  readonly lengthField?: LengthField
  /** What a date in `retry-after` is measured by. */
  readonly clock?: Clock
}

const PUBLIC = 'https://api.openai.com/v1'

/** Any server of chat completions: Ollama, vLLM, DeepSeek, Grok, Gemini, OpenAI. Streamed, one try a reply. */
export function openOpenAi(settings: OpenAiSettings): Engine {
  return {
    name: settings.name,
    model: settings.facts,
    reply: (request, options) => reply(settings, request, options),
  }
}

async function reply(settings: OpenAiSettings, request: EngineRequest, options: CallOptions): Promise<Reply> {
  const trouble = settings.key ? keyTrouble(settings.key) : null
  if (trouble) return stopped({reason: 'unauthorized', detail: trouble})
  const {name, model, baseUrl = PUBLIC, facts, lengthField = lengthFieldFor(baseUrl)} = settings
  const body = JSON.stringify(
    chatRequest(await request.prompt(), {name, model, lengthField, maxOutput: facts.maxOutput}),
  )
  const watch = openWatch(options.signal, settings)
  const collector = new Collector()
  try {
    const failed = await drain(pieces(settings, {body, watch, collector}), (text) => {
      if (text !== '') options.onEvent({kind: 'text', text})
    })
    const stop = failureOf(failed, {settings, watch, collector})
    return stop ?? answerOf(collector, {settings, request, sentBytes: Buffer.byteLength(body)})
  } finally {
    watch.end()
  }
}

interface Call {
  readonly body: string
  readonly watch: Watch
  readonly collector: Collector
}

/** The pieces of text as they come; everything else gathers in the collector. */
async function* pieces(
  {baseUrl = PUBLIC, key}: OpenAiSettings,
  {body, watch, collector}: Call,
): AsyncGenerator<string, void, undefined> {
  const headers = {
    'content-type': 'application/json',
    accept: 'text/event-stream',
    ...(key ? {authorization: `Bearer ${key}`} : {}),
  }
  const response = await wireFetch(addressOf(baseUrl), {method: 'POST', headers, body}, watch)
  if (response.headers.get('content-type')?.includes('json')) {
    yield collector.take(insistOnShallow(JSON.parse(await textOf(response, watch))))
    collector.isDone = collector.hasBegun
    return
  }
  for await (const data of eventData(bytesOf(response, watch))) {
    yield collector.takeData(data)
    if (collector.isDone) watch.hurry()
    if (collector.error) return
  }
}

function addressOf(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')}/chat/completions`
}

async function textOf(response: Response, watch: Watch): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytesOf(response, watch)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

interface Attempt {
  readonly settings: OpenAiSettings
  readonly watch: Watch
  readonly collector: Collector
}

/** Why there is no answer; null when there is one. Whatever comes after the finish reason can't take the answer back. */
function failureOf(failed: {readonly error: unknown} | null, {settings, watch, collector}: Attempt): Stopped | null {
  const {finishReason, isDone, hasBegun, error} = collector
  const {key, clock = systemClock} = settings
  const usage = hasBegun ? (collector.usage() ?? unknownUsage(1)) : null
  if (error) return stopped({reason: reasonOf(error, null), detail: sayable(error.message, key)}, usage)
  if (finishReason === 'insufficient_system_resource') {
    return stopped({reason: 'overloaded', detail: 'the server had no room to go on'}, usage)
  }
  if (watch.broken()?.reason !== 'interrupted' && finishReason !== null) return null
  if (failed) return stopFor(failed.error, {watch, key, usage, now: clock.now()})
  if (isDone && hasBegun) return null
  return stopped(
    {reason: 'cut', detail: hasBegun ? 'the answer ended in the middle' : 'no chunk of an answer came'},
    usage,
  )
}

function answerOf(
  collector: Collector,
  {settings, request, sentBytes}: {settings: OpenAiSettings; request: EngineRequest; sentBytes: number},
): Reply {
  const calls = collector.calls()
  const {end, note} = endOf(collector.finishReason, {calls: calls.length, isRefused: collector.isRefused})
  const usage = collector.usage()
  const notes = [note, truncationNote(sentBytes, usage)].filter((said) => said !== null)
  return {
    kind: 'answer',
    text: collector.text,
    calls,
    end,
    answered: end === 'done' ? request.questions.map(({check}) => check) : [],
    usage,
    native: collector.native(),
    ...(notes.length === 0 ? {} : {note: sayable(notes.join('; '), settings.key)}),
  }
}
