import {readFileSync} from 'node:fs'
import type {IncomingMessage} from 'node:http'
import {Agent, request} from 'node:https'
import {isAbsolute, join} from 'node:path'
import * as tls from 'node:tls'
import {promisify} from 'node:util'
import {gunzip} from 'node:zlib'
import {within} from '../../kit/within.js'
import {expandHome} from '../../workspace/secret-ref.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {networkTrouble} from './network-trouble.js'

/** One request over https. */
export interface Ask {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** An answer is read so far and no further, and the rest is left; without it a longer one is a TooLong. */
  readonly cutAt?: number
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Requests over https to whom an account names; never follows a redirect, as a token goes with them. Throws `MailTrouble`. */
export interface Exchange {
  ask(ask: Ask, signal: AbortSignal): Promise<Answer>
  close(): void
}

/** An answer that is longer than anything that is read whole. */
export class TooLong extends Error {
  override readonly name = 'TooLong'
}

const LONGEST = 8 * 1024 * 1024

const unzip = promisify(gunzip)

/** Opens nothing yet; connections are kept for the next request until it is closed. */
export function openExchange(
  {ca, timeoutMs}: {readonly ca: string | null; readonly timeoutMs: number},
  deps: Pick<OpenDeps, 'name' | 'home' | 'env'>,
): Exchange {
  const {name} = deps
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 8,
    ...(ca === null ? {} : {secureContext: contextFor(ca, deps)}),
  })
  return {
    async ask(ask, outer) {
      insistOnTls(ask.url, name)
      const {host} = new URL(ask.url)
      return within(timeoutMs, outer, async (signal) => {
        try {
          return await exchange(ask, agent, signal)
        } catch (error) {
          if (error instanceof TooLong) throw error
          if (outer.aborted) throw outer.reason
          if (signal.aborted) throw networkTrouble({code: 'ETIMEDOUT'}, {name, host})
          throw networkTrouble(error, {name, host})
        }
      })
    },
    close: () => agent.destroy(),
  }
}

async function exchange({method, url, headers, body, cutAt}: Ask, agent: Agent, signal: AbortSignal): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const zip = cutAt === undefined ? {'accept-encoding': 'gzip'} : {}
    const length = body === undefined ? {} : {'content-length': String(Buffer.byteLength(body))}
    const asking = request(url, {agent, method, signal, headers: {...headers, ...zip, ...length}}, resolve)
    asking.on('error', reject)
    asking.end(body)
  })
  const raw = await readBody(response, cutAt)
  const isZipped = response.headers['content-encoding'] === 'gzip'
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key, String(value)])),
    body: isZipped ? await unzipped(raw) : raw,
  }
}

async function readBody(response: IncomingMessage, cutAt: number | undefined): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (cutAt !== undefined && length >= cutAt) break
    if (length > LONGEST) throw new TooLong('The answer is too long.')
  }
  const all = Buffer.concat(chunks)
  return cutAt === undefined ? all : all.subarray(0, cutAt)
}

async function unzipped(raw: Buffer): Promise<Buffer> {
  try {
    return await unzip(raw, {maxOutputLength: LONGEST})
  } catch (error) {
    throw (error as {code?: unknown}).code === 'ERR_BUFFER_TOO_LARGE' ? new TooLong('The answer is too long.') : error
  }
}

/** A node that can tell what it believes by now (NODE_EXTRA_CA_CERTS too) is asked; an older one knows only its own list. */
const {getCACertificates} = tls as unknown as {readonly getCACertificates?: (type: 'default') => string[]}

let last: {readonly own: string; readonly context: tls.SecureContext} | null = null

/** Made once for all connections: reading a hundred certificates takes longer than a connection does. */
function contextFor(ca: string, {name, home, env}: Pick<OpenDeps, 'name' | 'home' | 'env'>): tls.SecureContext {
  const path = expandHome(ca, env['HOME'])
  try {
    const own = readFileSync(isAbsolute(path) ? path : join(home.dir, path), 'utf8')
    if (last?.own === own) return last.context
    const context = tls.createSecureContext({ca: [...(getCACertificates?.('default') ?? tls.rootCertificates), own]})
    last = {own, context}
    return context
  } catch (error) {
    throw new MailTrouble('storage', `the certificates of ${name} can't be read: ${path}`, {
      fix: `put the file there, or mend mail.accounts.${name}.ca in mcos.yaml`,
      cause: error,
    })
  }
}

/** What goes with a token, or asks for one, goes encrypted or not at all. */
export function insistOnTls(url: string, name: string): void {
  const {protocol, host} = new URL(url)
  if (protocol === 'https:') return
  throw new MailTrouble('protocol', `${host} would be asked without encryption, and a token goes with it`, {
    fix: `write https:// in authority and base_url of mail.accounts.${name} in mcos.yaml`,
  })
}
