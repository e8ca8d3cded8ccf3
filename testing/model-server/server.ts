import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {type Clock, systemClock} from '../../src/kit/clock.js'
import type {Behaviour, Problem, Script} from './behaviour.js'
import {completionBody, completionChunks, KEEP_ALIVE} from './chat-answer.js'
import {type Around, errorEvent, messageBody, messageEvents, PING} from './messages-answer.js'
import {anthropicBody, openaiBody, problem, Refused} from './problem.js'
import {PromptCache} from './prompt-cache.js'
import {inputTokens, keyOf, type Limits, type Read, readRequest} from './read-request.js'
import {type RecordedRequest, type Wire, wireOf} from './recorded.js'
import {sendAnswer} from './send.js'
import {type Fields, isFields} from './shape.js'

export interface ModelServerOptions extends Limits {
  readonly script: Script
  /** What the cache's five minutes are measured by. */
  readonly clock?: Clock
  readonly minCacheTokens?: number
}

export interface ModelServer {
  /** Without a path: `/v1/messages` and `…/chat/completions` lie below it. */
  readonly url: string
  /** In their order, also those that were refused. */
  readonly requests: readonly RecordedRequest[]
  /** Requests that are neither answered nor given up on. An idle connection that a client keeps is none. */
  openRequests(): number
  close(): Promise<void>
}

/** A server on the loopback that speaks both wires as the real ones do, and says what its script tells it to. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const {clock = systemClock} = options
  const requests: RecordedRequest[] = []
  const cache = new PromptCache(clock, options.minCacheTokens ?? 1024)
  let asked = 0
  let open = 0
  const server = createServer((request, response) => {
    open++
    response.once('close', () => open--)
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(request)
    const path = (request.url ?? '').replace(/\?.*/, '')
    const wire = wireOf(path)
    const record: RecordedRequest = {
      path,
      wire,
      headers: request.headers,
      body: parsed(raw),
      raw,
      at: clock.now(),
      refused: null,
    }
    requests.push(record)
    const id = `req_${String(requests.length).padStart(6, '0')}`
    try {
      const read = readRequest(record, request.method ?? '', options)
      if (wire === 'count') return sendJson(response, 200, {input_tokens: inputTokens(read)}, id)
      const number = ++asked
      await behave(response, await next(options.script, record, number - 1), {
        wire,
        id,
        read,
        around: () => ({
          number,
          model: read.model,
          now: clock.now(),
          charge: cache.charge(`${keyOf(record)} ${read.model}`, read.blocks),
        }),
      })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      record.refused = error.message
      sendProblem(response, error.problem, wire, id)
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    openRequests: () => open,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

interface Place {
  readonly wire: Wire
  readonly id: string
  readonly read: Read
  /** Charges the cache; so only where the model is really reached. */
  around(): Around
}

async function behave(response: ServerResponse, behaviour: Behaviour, {wire, id, read, around}: Place): Promise<void> {
  if (behaviour.kind === 'silence') return
  if (behaviour.kind === 'hang-up') {
    response.socket?.destroy()
    return
  }
  if (behaviour.kind === 'raw') {
    response.writeHead(behaviour.status, behaviour.headers)
    response.end(behaviour.body)
    return
  }
  if (behaviour.kind === 'problem') {
    if (behaviour.delayMs) await sleep(behaviour.delayMs)
    sendProblem(response, behaviour.problem, wire, id)
    return
  }
  response.setHeader('request-id', id)
  const isWhole = behaviour.ignoresStream === true || !read.isStream
  if (wire === 'messages') {
    const errorText = (said: Problem): string => errorEvent(said, id)
    const stream = isWhole
      ? {body: messageBody(behaviour, around())}
      : {events: messageEvents(behaviour, around()), ping: PING, errorText}
    return sendAnswer(response, behaviour, stream)
  }
  const errorText = (said: Problem): string => `data: ${JSON.stringify(openaiBody(said))}\n\n`
  const stream = isWhole
    ? {body: completionBody(behaviour, around())}
    : {events: completionChunks(behaviour, around(), read.wantsUsage), ping: KEEP_ALIVE, errorText}
  return sendAnswer(response, behaviour, stream)
}

async function next(script: Script, record: RecordedRequest, index: number): Promise<Behaviour> {
  if (typeof script === 'function') return script(record, index)
  return (
    script[index] ?? {
      kind: 'problem',
      problem: problem(400, {message: `the script has ${script.length} answers and was asked for one more`}),
    }
  )
}

function sendProblem(response: ServerResponse, said: Problem, wire: Wire, id: string): void {
  const body = wire === 'chat' ? openaiBody(said) : anthropicBody(said, id)
  sendJson(response, said.status, body, id, said.headers)
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  id: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {'content-type': 'application/json', 'request-id': id, ...headers})
  response.end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

function parsed(raw: Buffer): Fields | null {
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'))
    return isFields(value) ? value : null
  } catch {
    return null // Refused with the words of the real API, once it is recorded.
  }
}
