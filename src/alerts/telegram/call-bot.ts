import type {ClientRequest, IncomingMessage} from 'node:http'
import {isRecord} from '../../kit/is-record.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {type Bot, redact} from './bot.js'

/** What came of a call. Only after `unseen` it is unknown whether the server did what was asked. */
export type BotFailureKind =
  | 'bad-token'
  | 'forbidden'
  | 'taken'
  | 'slow-down'
  | 'refused'
  | 'down'
  | 'unreachable'
  | 'unseen'
  | 'not-begun'
  | 'ended'

export interface BotFailure {
  readonly ok: false
  readonly kind: BotFailureKind
  /** Without the token, whoever said it. */
  readonly detail: string
  /** How long the server wants to be left alone. */
  readonly retryAfterMs: number | null
  /** Where a group has gone that became a supergroup. */
  readonly newChat: string | null
}

export type BotAnswer = {readonly ok: true; readonly result: unknown} | BotFailure

export interface BotCall {
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal
  /** For the whole call; default 10 s. */
  readonly timeoutMs?: number
  /**
   * Asked in the last moment before the first byte leaves; false: nothing is sent at all. A call that asks is not called
   * back half-way: once begun, it ends by its answer or its time.
   */
  begin?(): boolean
}

const MOST_BYTES = 8 * 1024 * 1024

/** Calls one method of the Bot API. Never throws: what goes wrong is an answer, and none of it holds the token. */
export async function callBot(bot: Bot, call: BotCall): Promise<BotAnswer> {
  const url = new URL(`${bot.base}/bot${bot.token}/${call.method}`)
  const door = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const {signal, timeoutMs = 10_000} = call
  const body = JSON.stringify(call.params ?? {})
  return new Promise((resolve, reject) => {
    let isBegun = false
    const end = (answer: BotAnswer): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      resolve(answer.ok ? answer : {...answer, detail: shorten(cleanLine(redact(answer.detail, bot)), 300)})
      request.destroy()
    }
    const cutShort = (kind: BotFailureKind, detail: string): void => {
      end(failure(isBegun ? 'unseen' : kind, `${url.host} ${detail}`))
    }
    const onAbort = (): void => {
      if (!isBegun || !call.begin) cutShort('ended', 'was not waited for')
    }
    const request = door.request(url, {method: 'POST', agent: false, headers: headersFor(body)})
    const timer = setTimeout(() => cutShort('unreachable', `did not answer within ${timeoutMs / 1000} s`), timeoutMs)
    request.on('error', (error) => cutShort('unreachable', `could not be reached (${codeOf(error)})`))
    request.on('response', (response) => readAnswer(response, {host: url.host, end, cutShort}))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    whenConnected(request, () => {
      try {
        if (call.begin?.() === false) return end(failure('not-begun', 'another process is sending it'))
        isBegun = true
        request.end(body)
      } catch (error) {
        reject(error)
        request.destroy()
      }
    })
  })
}

/** Until the connection stands nothing of the request has left this machine. */
function whenConnected(request: ClientRequest, act: () => void): void {
  request.once('socket', (socket) => {
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', act)
  })
}

function readAnswer(
  response: IncomingMessage,
  {
    host,
    end,
    cutShort,
  }: {host: string; end(answer: BotAnswer): void; cutShort(kind: BotFailureKind, detail: string): void},
): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MOST_BYTES) end(failure('down', `${host} answered more than anybody would read`))
    else chunks.push(chunk)
  })
  response.on('error', () => cutShort('unseen', 'broke its answer off'))
  response.on('end', () => {
    if (!response.complete) return cutShort('unseen', 'broke its answer off')
    end(judge(response.statusCode ?? 0, parse(Buffer.concat(chunks).toString('utf8')), host))
  })
}

function judge(status: number, body: Readonly<Record<string, unknown>> | null, host: string): BotAnswer {
  // Whoever doesn't speak the API has not done what was asked: a portal, a proxy, a server on its knees.
  if (body === null) return failure('down', `${host} answered ${status} and nothing of the Bot API`)
  if (body['ok'] === true) return {ok: true, result: body['result']}
  const code = typeof body['error_code'] === 'number' ? body['error_code'] : status
  const said = typeof body['description'] === 'string' ? body['description'] : 'no description'
  const parameters = isRecord(body['parameters']) ? body['parameters'] : {}
  const {retry_after: seconds, migrate_to_chat_id: chat} = parameters
  return {
    ...failure(kindOf(code), `${host} answered ${code}: ${said}`),
    retryAfterMs: typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : null,
    newChat: typeof chat === 'number' || typeof chat === 'string' ? String(chat) : null,
  }
}

/** 404 is what a token gets that never was one. */
function kindOf(code: number): BotFailureKind {
  if (code === 401 || code === 404) return 'bad-token'
  if (code === 403) return 'forbidden'
  if (code === 409) return 'taken'
  if (code === 429) return 'slow-down'
  return code >= 500 ? 'down' : 'refused'
}

function failure(kind: BotFailureKind, detail: string): BotFailure {
  return {ok: false, kind, detail, retryAfterMs: null, newChat: null}
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) && typeof value['ok'] === 'boolean' ? value : null
  } catch {
    // Not the API's answer; what it is instead nobody needs to read.
    return null
  }
}

function headersFor(body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'mcos',
  }
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name
}
