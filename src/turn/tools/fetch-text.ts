import {type LookupAddress, lookup} from 'node:dns'
import type {ClientRequest, IncomingMessage, RequestOptions} from 'node:http'
import {isIP} from 'node:net'
import {TextDecoder} from 'node:util'
import {within} from '../../kit/within.js'
import {BadCall} from '../bad-call.js'
import {type HostGate, isOpenAddress, type Resolve} from '../network/host-gate.js'

const MOST_BYTES = 1024 * 1024
const MOST_REDIRECTS = 5
const TIMEOUT_MS = 20_000

export interface Fetched {
  readonly url: URL
  readonly status: number
  readonly type: string
  readonly text: string
  /** Whether the page goes on behind what was read. */
  readonly isCut: boolean
}

export interface FetchOptions {
  readonly gate: HostGate
  readonly signal: AbortSignal
  /** Which addresses a name has; default: what this machine's resolver says. */
  readonly resolve?: Resolve
}

/** GETs a text; each host on the way is asked of the gate, and each address when it is connected to. */
export function fetchText(start: URL, options: FetchOptions): Promise<Fetched> {
  return within(TIMEOUT_MS, options.signal, (ended) => follow(start, options, ended))
}

async function follow(start: URL, {gate, resolve = lookup}: FetchOptions, ended: AbortSignal): Promise<Fetched> {
  let url = start
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const why = gate.whyClosed(hostOf(url))
    if (why !== null) throw new BadCall(hops === 0 ? why : `${start.href} leads on to ${url.host}: ${why}`)
    const response = await open(url, {gate, signal: ended, resolve})
    const {location} = response.headers
    const status = response.statusCode ?? 0
    if (status < 300 || status > 399 || location === undefined) return await read(response, url, ended)
    response.destroy()
    url = nextUrl(location, url)
  }
  throw new BadCall(`${start.href} leads on and on: more than ${MOST_REDIRECTS} redirects`)
}

/** An address that a GET may go to; a user or a password in it is refused. */
export function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new BadCall('"url" has to be a whole address, such as https://example.com/page')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new BadCall(`${url.protocol} addresses can't be asked`)
  if (url.username !== '' || url.password !== '') throw new BadCall('an address with a user or a password is refused')
  url.hash = ''
  return url
}

/** A host always with its port, so that a contract can name both. */
export function hostOf({hostname, port, protocol}: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
}

function nextUrl(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) throw new BadCall(`${from.host} leads on to what is no address`)
  const next = parseUrl(new URL(location, from).href)
  if (from.protocol === 'https:' && next.protocol === 'http:') throw new BadCall(`${from.host} leads on to http`)
  return next
}

async function open(url: URL, {gate, signal, resolve: ask}: Required<FetchOptions>): Promise<IncomingMessage> {
  const {request} = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) insistOnOpen(host, url, gate)
  const options: RequestOptions = {
    signal,
    agent: false,
    lookup: (name, asked, done) => {
      ask(name, {...asked, all: true}, (error, found) => {
        const closed = error ? null : whyNoAddress(name, found, {url, gate})
        if (error || closed) done(error ?? closed, [])
        else if (asked.all) done(null, [...found])
        else done(null, found[0]?.address ?? '', found[0]?.family)
      })
    },
    headers: {'user-agent': 'mcos', accept: 'text/*, application/json;q=0.9, */*;q=0.1', 'accept-encoding': 'identity'},
  }
  return new Promise((resolve, reject) => {
    let sent: ClientRequest
    try {
      sent = request(url, options)
    } catch (error) {
      // Node refuses some addresses at once.
      reject(new BadCall(`${url.host} can't be asked: ${messageOf(error)}`))
      return
    }
    sent.on('error', (error) => reject(explain(error, url, signal)))
    sent.on('response', resolve)
    sent.end()
  })
}

/** All of a name's addresses have to be open: which one is connected to isn't ours to choose. */
function whyNoAddress(
  name: string,
  found: readonly LookupAddress[],
  {url, gate}: {url: URL; gate: HostGate},
): BadCall | null {
  const closed = found.find(({address}) => !isOpen(address, url, gate))
  if (!closed) return null
  return new BadCall(
    `${name} leads to ${closed.address}, which is not public; the contract would have to name that address too`,
  )
}

function insistOnOpen(address: string, url: URL, gate: HostGate): void {
  if (!isOpen(address, url, gate))
    throw new BadCall(`${address} is not public, and the contract does not name it or is not trusted here`)
}

function isOpen(address: string, url: URL, gate: HostGate): boolean {
  return isOpenAddress(address, {name: url.hostname, port: hostOf(url).replace(/^.*:/, '')}, gate)
}

async function read(response: IncomingMessage, url: URL, signal: AbortSignal): Promise<Fetched> {
  const header = response.headers['content-type'] ?? 'text/plain'
  const type = header.split(';')[0]?.trim().toLowerCase() ?? ''
  const encoding = response.headers['content-encoding'] ?? 'identity'
  const refuse = (why: string): BadCall => {
    response.destroy()
    return new BadCall(`${url.href} ${why}`)
  }
  if (!isTextType(type)) throw refuse(`is ${type}, no text`)
  if (encoding !== 'identity') throw refuse(`comes packed (${encoding}) although it was asked not to`)
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length > MOST_BYTES) break
    }
  } catch (error) {
    throw explain(error, url, signal)
  }
  const bytes = Buffer.concat(chunks).subarray(0, MOST_BYTES)
  if (bytes.includes(0)) throw new BadCall(`${url.href} says that it is ${type}, and is no text`)
  const text = decoderFor(/charset="?([\w-]+)/i.exec(header)?.[1]).decode(bytes)
  return {url, status: response.statusCode ?? 0, type, text, isCut: length > MOST_BYTES}
}

function isTextType(type: string): boolean {
  return /^text\/|^application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript)$|^application\/(?:x-)?(?:ndjson|toml)$/.test(
    type,
  )
}

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset ?? 'utf-8')
  } catch {
    // A name that nobody knows: most pages are UTF-8 whatever they say.
    return new TextDecoder()
  }
}

function explain(error: unknown, {host}: URL, signal: AbortSignal): BadCall {
  if (error instanceof BadCall) return error
  if (signal.aborted) {
    const isLate = signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
    return new BadCall(isLate ? `${host} did not answer within ${TIMEOUT_MS / 1000} s` : 'the turn has ended')
  }
  return new BadCall(`${host} could not be asked: ${messageOf(error)}`)
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
