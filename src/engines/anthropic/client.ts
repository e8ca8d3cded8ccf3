import Anthropic, {APIConnectionError, APIError} from '@anthropic-ai/sdk'
import {insistOnShallow} from '../http/shallow.js'
import type {Watch} from '../http/watch.js'
import {bytesOf, wireFetch} from '../http/wire-fetch.js'
import type {WirePrompt, WireRequest} from './wire.js'

export interface Place {
  readonly baseUrl: string
  readonly key: string
}

/** An error that came as an event in the middle of an answer. */
class StreamError extends Error {
  override readonly name = 'StreamError'

  constructor(readonly body: unknown) {
    super('an error in the middle of the answer')
  }
}

/** The events of one streamed answer, unread. The only door to the SDK, which is loaded with this file. */
export async function* streamEvents(
  place: Place,
  request: WireRequest,
  watch: Watch,
): AsyncGenerator<unknown, void, undefined> {
  const wire = openWire(place, watch)
  try {
    const body = {...request, stream: true} as unknown as Anthropic.MessageCreateParamsStreaming
    for await (const event of await wire.client.messages.create(body, {signal: watch.signal}))
      yield insistOnShallow(event)
  } catch (error) {
    throw wire.plain(error)
  }
  // The SDK ends an aborted stream as if it had come to its end.
  watch.signal.throwIfAborted()
}

/** What the count endpoint says, unread. */
export async function countTokens(place: Place, prompt: WirePrompt, watch: Watch): Promise<unknown> {
  const wire = openWire(place, watch)
  try {
    const body = prompt as unknown as Anthropic.MessageCountTokensParams
    return (await wire.client.messages.countTokens(body, {signal: watch.signal})).input_tokens
  } catch (error) {
    throw wire.plain(error)
  }
}

interface Wire {
  readonly client: Anthropic
  /** The failure that the network or the far side gave, out of what the SDK made of it. */
  plain(error: unknown): unknown
}

/** One try a call: the SDK neither repeats nor waits by itself, and tells the console nothing. */
function openWire({baseUrl, key}: Place, watch: Watch): Wire {
  let failure: unknown = null
  const client = new Anthropic({
    apiKey: key,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    fetch: async (url, init) => {
      try {
        const response = await wireFetch(String(url), init ?? {}, watch)
        return watched(response, watch)
      } catch (error) {
        failure = error
        throw error
      }
    },
  })
  const plain = (error: unknown): unknown => {
    if (failure !== null) return failure
    if (error instanceof APIConnectionError) return error.cause ?? error
    return error instanceof APIError && error.status === undefined ? new StreamError(error.error) : error
  }
  return {client, plain}
}

function watched(response: Response, watch: Watch): Response {
  const {status, headers} = response
  return new Response(ReadableStream.from(bytesOf(response, watch)), {status, headers})
}
