import type {ClientRequest, IncomingMessage} from 'node:http'
import {networkInterfaces} from 'node:os'
import {soulPlace} from './place.js'
import {failedReading, isTimeout, type Probe, type ProbeContext, type Reading} from './probe.js'

const MOST_BYTES = 256 * 1024

interface Request {
  readonly url: URL
  readonly expect: number | null
  readonly match: string | null
}

/** A GET to a host the contract opens. What the service does wrong is an alert, what this machine can't do a failure. */
export const httpProbe: Probe = {
  word: 'http',
  baseline: false,
  async read({args}, context) {
    const request = parseRequest(args)
    if (typeof request === 'string') return failedReading(request)
    const {url} = request
    if (!context.mayFetch(hostOf(url))) {
      return failedReading(
        `${url.host} is not among the contract's hosts: add it to ${soulPlace(context.agent)}, then mcos commit`,
      )
    }
    return judge(request, await get(request, context))
  },
}

/** Reads `URL [expect CODE] [match TEXT]`; a text says what is wrong with it, without repeating a password. */
export function parseRequest(args: string): Request | string {
  const [, address = '', code, quoted] = /^(\S+)(?:\s+expect\s+(\S+))?(?:\s+match\s+(.+))?$/s.exec(args.trim()) ?? []
  if (!address || !URL.canParse(address)) return 'http needs an address, as in: http https://app.example.com/health'
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `http can't ask a ${url.protocol} address`
  if (url.username || url.password) return `the address of ${url.host} carries a user or password, which is refused`
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) return 'expect needs a status of three digits, as in: expect 204'
  return {url, expect: code === undefined ? null : Number(code), match: quoted === undefined ? null : unquote(quoted)}
}

type Answer =
  | {readonly kind: 'status'; readonly status: number; readonly body: string}
  | {readonly kind: 'down'; readonly why: string}
  | {readonly kind: 'failed'; readonly why: string}

function judge({url, expect, match}: Request, answer: Answer): Reading {
  const {host} = url
  if (answer.kind === 'failed') return failedReading(`${host} could not be asked: ${answer.why}`, answer.why)
  if (answer.kind === 'down') return {level: 'alert', fingerprint: answer.why, detail: `${host} ${answer.why}`}
  const {status, body} = answer
  const isExpected = expect === null ? status >= 200 && status <= 299 : status === expect
  if (!isExpected) {
    const wanted = expect === null ? '' : `, expected ${expect}`
    return {level: 'alert', fingerprint: `status ${status}`, detail: `${host} answered ${status}${wanted}`}
  }
  if (match !== null && !body.includes(match)) {
    const detail = `${host} answered ${status}, but not with "${match}"`
    return {level: 'alert', fingerprint: `status ${status} without match`, detail}
  }
  return {level: 'ok', fingerprint: 'ok', detail: `${host} answered ${status}`, items: []}
}

async function get({url, match}: Request, {signal, timeoutMs}: ProbeContext): Promise<Answer> {
  const door = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  if (signal.aborted) return explain(signal.reason, {signal, timeoutMs})
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve(explain(error, {signal, timeoutMs}))
    let request: ClientRequest
    try {
      request = door.request(url, {signal, agent: false, headers: {'user-agent': 'mcos', accept: '*/*'}})
    } catch (error) {
      // Node refuses some addresses at once (a header that can't be sent, for one).
      resolve({kind: 'failed', why: error instanceof Error ? error.message : String(error)})
      return
    }
    request.on('error', fail)
    request.on('response', (response) => {
      response.on('error', fail)
      readBody(response, match === null ? 0 : MOST_BYTES, (body) => {
        resolve({kind: 'status', status: response.statusCode ?? 0, body})
        request.destroy()
      })
    })
    request.end()
  })
}

/** Hands over the body's beginning; with nothing to look for, the status alone is the answer and nothing is awaited. */
function readBody(response: IncomingMessage, mostBytes: number, done: (body: string) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  const finish = () => done(Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8'))
  if (mostBytes === 0) {
    finish()
    return
  }
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    length += chunk.length
    if (length >= mostBytes) finish()
  })
  response.on('end', finish)
}

const DOWN: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'broke the connection',
  EPIPE: 'broke the connection',
  ENOTFOUND: 'has no address: its name is not known',
  EAI_AGAIN: 'has no address: no name server answered',
  EHOSTUNREACH: 'is unreachable',
  ETIMEDOUT: 'did not answer in time',
}
/** This machine has no network at all: that says nothing about the service. */
const NO_NETWORK = ['ENETUNREACH', 'ENETDOWN']

function explain(error: unknown, {signal, timeoutMs}: {signal: AbortSignal; timeoutMs: number}): Answer {
  if (isTimeout(signal)) return {kind: 'down', why: `did not answer within ${timeoutMs / 1000} s`}
  if (signal.aborted) return {kind: 'failed', why: 'the beat ended first'}
  const codes = errorCodes(error)
  const isOffline = codes.length > 0 && codes.every((code) => NO_NETWORK.includes(code))
  if (isOffline || (codes.includes('EAI_AGAIN') && !hasNetwork())) {
    return {kind: 'failed', why: 'this machine has no network'}
  }
  const known = codes.map((code) => DOWN[code]).find((why) => why !== undefined)
  if (known) return {kind: 'down', why: known}
  const code = codes[0] ?? 'an unknown error'
  if (/CERT|TLS|SSL|SIGNED|ALTNAME/.test(code))
    return {kind: 'down', why: `has a certificate that doesn't hold (${code})`}
  return {kind: 'down', why: `did not answer as a web server does (${code})`}
}

/** Without a network of any kind a name can't be looked up either, and that is no fault of the service. */
function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({internal}) => !internal))
}

/** An AggregateError (a name with several addresses) carries what happened to each inside. */
function errorCodes(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(errorCodes)
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? [error.code] : []
}

/** A host always with its port, so that a contract can name both. */
function hostOf({hostname, port, protocol}: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
}

function unquote(text: string): string {
  const quote = text[0]
  return text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote) ? text.slice(1, -1) : text
}
