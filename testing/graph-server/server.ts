import type {IncomingMessage, ServerResponse} from 'node:http'
import {createServer} from 'node:https'
import type {AddressInfo} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {type CertificateKind, makeAuthority, readCertificate} from '../certificates.js'
import {answerMailbox} from './api.js'
import {AuthRefusal} from './auth-refusal.js'
import {Authority, type RegisteredClient} from './authority.js'
import {answerBatch} from './batch.js'
import {DeltaDesk, type DeltaTricks} from './delta.js'
import type {Answer, Ask} from './exchange.js'
import {GraphMailbox} from './mailbox.js'
import {type Mischief, MischiefList} from './mischief.js'
import {badRequest, GraphRefusal, notFound, throttled, unknownPath} from './refusal.js'
import {Throttle} from './throttle.js'
import type {Holder} from './token-book.js'
import {bearer, bodyOf, parsed, play, send} from './wire.js'

export interface GraphServerOptions {
  /** A folder of its own for its certificates. */
  readonly dir: string
  /** Whose mailboxes there are, by address. */
  readonly users: readonly string[]
  readonly tenant?: string
  readonly client?: RegisteredClient
  readonly certificate?: CertificateKind
  readonly lifetimeSeconds?: number
  /** Between two questions for a device code; real: 5. */
  readonly intervalSeconds?: number
  /** How long each answer takes at least, so that requests can meet. */
  readonly latencyMs?: number
  readonly limits?: {readonly atOnce: number; readonly inTenMinutes: number}
}

/** A request as it came, alone or in a batch. */
export interface GraphRequest {
  readonly method: string
  /** Below /v1.0, `me` replaced by whoever asked. */
  readonly path: string
  readonly query: string
  readonly prefer: string
  readonly isInBatch: boolean
  /** 0 until it is answered; it may never be. */
  status: number
}

/** How a mail comes into a mailbox. */
export interface GraphDelivery {
  /** By its name or its well-known name; default: inbox. */
  readonly folder?: string
  readonly received?: Date
}

export interface GraphServer {
  /** Without /v1.0. */
  readonly baseUrl: string
  /** With the tenant. */
  readonly authorityUrl: string
  /** The authority that signed its certificate, a PEM file. */
  readonly ca: string
  readonly tenant: string
  readonly client: RegisteredClient
  readonly authority: Authority
  readonly requests: readonly GraphRequest[]
  /** Paths and options that this server doesn't know, and what it said: none of them may be ours. */
  readonly strange: readonly string[]
  /** Requests that send mail: none of them may be ours. */
  readonly sends: readonly string[]
  readonly tricks: DeltaTricks
  readonly throttle: Throttle
  /** Answers the mail's immutable id. */
  deliver(user: string, raw: string | Uint8Array, delivery?: GraphDelivery): Promise<string>
  mailbox(user: string): GraphMailbox
  /** A token as a login would give it; null: for the program itself. */
  token(user: string | null, scopes?: readonly string[]): string
  /** The server forgets how far anybody has read this folder: 410. */
  forget(user: string, folder?: string): void
  misbehave(...mischief: readonly Mischief[]): void
  /** No mischief is left. */
  behave(): void
  showCertificate(kind: CertificateKind): void
  close(): Promise<void>
}

const CLIENT: RegisteredClient = {id: '6f1b0e5c-0000-4000-8000-00000000c11e', secret: 'northwind-secret'}
const TENANT = '6f1b0e5c-0000-4000-8000-0000000007e0'

/** A Microsoft Graph for mail and its login, over https on the loopback; strict where the real one is lenient, and never sends. */
export async function startGraphServer(options: GraphServerOptions): Promise<GraphServer> {
  const {tenant = TENANT, client = CLIENT, latencyMs = 0} = options
  const certificates = makeAuthority(options.dir)
  const tricks: DeltaTricks = {emptyPages: 0, replays: 0}
  const boxes = new Map(options.users.map((user, index) => [user, new GraphMailbox(user, index)]))
  const desks = new Map([...boxes].map(([user, box]) => [user, new DeltaDesk(box, tricks)]))
  const authority = new Authority({
    tenant,
    client,
    lifetimeSeconds: options.lifetimeSeconds ?? 3600,
    intervalSeconds: options.intervalSeconds ?? 1,
  })
  const throttle = new Throttle(options.limits ?? {atOnce: 4, inTenMinutes: 10_000})
  const mischief = new MischiefList()
  const requests: GraphRequest[] = []
  const strange: string[] = []
  const sends: string[] = []
  let base = ''

  const boxOf = (user: string): GraphMailbox => {
    const box = boxes.get(user)
    if (!box) throw notFound()
    return box
  }
  /** Whose mailbox a path is about, and what of it. */
  const placeOf = (path: string, holder: Holder): {user: string; parts: string[]} => {
    const [root, ...parts] = path
      .replace(/(\w+)\('([^']*)'\)/g, '$1/$2')
      .split('/')
      .slice(1)
      .map(decodeURIComponent)
    if (root === 'me' && holder.user === null)
      throw badRequest('/me request is only valid with delegated authentication flow.')
    if (root === 'me') return {user: holder.user ?? '', parts}
    if (root !== 'users') throw unknownPath(root ?? '')
    const [user = '', ...rest] = parts
    if (holder.user !== null && holder.user !== user)
      throw new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
    return {user, parts: rest}
  }
  /** One question, alone or in a batch; `perform` answers it unless there is mischief, which a connection's own needs. */
  const answer = async (ask: Ask, holder: Holder, isInBatch: boolean): Promise<Answer & {trick: Mischief | null}> => {
    const {user, parts} = placeOf(ask.path, holder)
    const path = ['', 'users', user, ...parts].join('/')
    const {method, query} = ask
    const record: GraphRequest = {method, path, query, prefer: ask.headers['prefer'] ?? '', isInBatch, status: 0}
    requests.push(record)
    const trick = mischief.take(`${method} ${path}`)
    try {
      const leave = throttle.enter(user)
      try {
        if (latencyMs > 0) await sleep(latencyMs)
        if (trick?.what === 'throttle') throw throttled(trick.retryAfter, 'request rate')
        if (trick?.what === 'refuse') throw new GraphRefusal(trick.status, trick.code, trick.code, trick.headers)
        if (trick?.what === 'slow') await sleep(trick.ms)
        if (trick?.what === 'silence' || (trick?.what === 'cut' && trick.when === 'before')) return {status: 0, trick}
        const delta = desks.get(user)
        if (!delta) throw notFound()
        const done = answerMailbox(boxOf(user), parts, ask, {holder, delta, sent: (what) => void sends.push(what)})
        record.status = done.status
        return {...done, trick}
      } finally {
        leave()
      }
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error
      record.status = error.status
      if (error.code === 'BadRequest') strange.push(`${method} ${path}?${query}: ${error.message}`)
      return {status: error.status, headers: error.headers, body: error.body(), trick}
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(request)
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s)
    if (!path.startsWith('/v1.0/')) {
      const trick = mischief.take(`${request.method} ${path}`)
      if (trick) return play(response, trick, {status: 0})
      const page = authority.answer(base, path, Object.fromEntries(new URLSearchParams(raw.toString('utf8'))))
      if (page) return send(response, {status: 200, body: page})
      strange.push(`${request.method} ${path}`)
      throw unknownPath(path)
    }
    const holder = authority.tokens.holder(bearer(request))
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const body = parsed(raw)
    const ask: Ask = {method: request.method ?? '', path: path.slice(5), query, headers, body, root: `${base}/v1.0`}
    if (ask.path === '/$batch') {
      const inner = await answerBatch(ask, (one) => answer(one, holder, true))
      return send(response, {status: 200, body: inner})
    }
    const {trick, ...done} = await answer(ask, holder, false)
    return trick ? play(response, trick, done) : send(response, done)
  }

  const server = createServer(
    readCertificate(certificates.certificate(options.certificate ?? 'good')),
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        if (error instanceof GraphRefusal || error instanceof AuthRefusal)
          return send(response, {
            status: error.status,
            body: error.body(),
            ...('headers' in error ? {headers: error.headers} : {}),
          })
        response.destroy(error instanceof Error ? error : undefined)
      })
    },
  )
  server.on('tlsClientError', () => {
    // Whoever doesn't trust the certificate hangs up.
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    baseUrl: base,
    authorityUrl: `${base}/${tenant}`,
    ca: certificates.ca,
    tenant,
    client,
    authority,
    requests,
    strange,
    sends,
    tricks,
    throttle,
    deliver: async (user, raw, {folder = 'inbox', received = new Date()} = {}) => {
      const box = boxOf(user)
      const receivedDateTime = `${received.toISOString().slice(0, 19)}Z`
      const {immutableId} = await box.deliver(Buffer.from(raw), {folder: box.folderNamed(folder).id, receivedDateTime})
      return immutableId
    },
    mailbox: boxOf,
    token: (user, scopes = ['Mail.ReadWrite', 'offline_access']) =>
      authority.tokens.issue({user, scopes}, options.lifetimeSeconds ?? 3600),
    forget: (user, folder = 'inbox') => {
      boxOf(user).folderNamed(folder).generation++
    },
    misbehave: (...tricks) => mischief.add(tricks),
    behave: () => mischief.clear(),
    showCertificate: (kind) => server.setSecureContext(readCertificate(certificates.certificate(kind))),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
