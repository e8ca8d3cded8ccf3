import {mkdtempSync, rmSync} from 'node:fs'
import {createServer, type IncomingMessage, request, type Server, type ServerResponse} from 'node:http'
import {isIP, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Duplex} from 'node:stream'
import {domainToASCII} from 'node:url'
import {Closed, connectOpen, spell, type Wanted} from './connect-open.js'
import type {HostGate, Resolve} from './host-gate.js'
import type {Ways} from './ways.js'

export interface ProxyLimits {
  /** In both directions, of all connections together. */
  readonly bytes: number
  /** At the same time, and in all. */
  readonly open: number
  readonly total: number
  readonly idleMs: number
}

export interface ProxyOptions {
  readonly gate: HostGate
  /** Which addresses a name has; default: what this machine's resolver says. */
  readonly resolve?: Resolve | undefined
  readonly limits?: ProxyLimits
}

/** A way out for one program, through a socket on the disk, to the hosts that a gate opens and to no other. */
export interface Proxy {
  /** The folder that holds nothing but the socket, `proxy`. */
  readonly dir: string
  ways(): Ways
  /** Ends whatever still goes through it. */
  close(): void
}

const LIMITS: ProxyLimits = {bytes: 256 * 1024 * 1024, open: 64, total: 1_000, idleMs: 60_000}
const MOST_NAMED = 50
/** The kernel's own limit for the path of a socket. */
const LONGEST_SOCKET = 100
/** Between two neighbours only. */
const HOP_BY_HOP =
  /^(?:connection|keep-alive|proxy-connection|proxy-authenticate|proxy-authorization|te|trailer|transfer-encoding|upgrade|host)$/i

export async function openProxy(options: ProxyOptions): Promise<Proxy> {
  const proxy = new OpenProxy(options)
  await proxy.listen()
  return proxy
}

class OpenProxy implements Proxy {
  readonly dir = mkdtempSync(join(tmpdir().length < LONGEST_SOCKET - 24 ? tmpdir() : '/tmp', 'mcos-way-'))
  private readonly server: Server
  private readonly limits: ProxyLimits
  private readonly streams = new Set<Duplex>()
  private readonly reached = new Set<string>()
  private readonly refused = new Map<string, string>()
  private open = 0
  private total = 0
  private bytes = 0

  constructor(private readonly options: ProxyOptions) {
    this.limits = options.limits ?? LIMITS
    this.server = createServer((incoming, answer) => void this.pass(incoming, answer))
    this.server.on('connect', (incoming, socket, head) => void this.tunnel(incoming, socket, head))
    // What a program says badly is answered by an end.
    this.server.on('clientError', (_error, socket) => socket.destroy())
    this.server.on('connection', (socket) => this.hold(socket))
  }

  listen(): Promise<void> {
    return new Promise((done, fail) => {
      this.server.once('error', fail)
      this.server.listen(join(this.dir, 'proxy'), done)
    })
  }

  ways(): Ways {
    return {reached: [...this.reached], refused: [...this.refused].map(([host, why]) => ({host, why}))}
  }

  close(): void {
    this.server.close()
    for (const stream of this.streams) stream.destroy()
    rmSync(this.dir, {recursive: true, force: true})
  }

  /** CONNECT: whatever is said from then on, TLS most often, is between the two. */
  private async tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const wanted = parseAuthority(incoming.url ?? '')
    const said = wanted === null ? 'a name and a port were expected' : await this.reach(wanted)
    if (typeof said === 'string') {
      socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nmcos: ${said}\n`)
      return
    }
    if (socket.destroyed) {
      said.destroy()
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) said.write(head)
    socket.pipe(said)
    said.pipe(socket)
    for (const stream of [socket, said]) stream.on('data', (chunk: Buffer) => this.count(chunk.length))
    socket.on('close', () => said.destroy())
    said.on('close', () => socket.destroy())
  }

  /** A plain request with a whole address, sent on to that host under that very name. */
  private async pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = parsePlain(incoming.url ?? '')
    const wanted = url && {name: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80)}
    const said = wanted === null ? 'a whole http:// address was expected' : await this.reach(wanted)
    if (typeof said === 'string' || url === null) {
      answer.writeHead(403, {'content-type': 'text/plain', connection: 'close'}).end(`mcos: ${said}\n`)
      return
    }
    const sent = request({
      createConnection: () => said,
      method: incoming.method,
      path: `${url.pathname}${url.search}`,
      headers: [...onward(incoming), 'host', url.host, 'connection', 'close'],
    })
    const fail = (): void => {
      said.destroy()
      if (answer.headersSent) answer.destroy()
      else answer.writeHead(502, {connection: 'close'}).end()
    }
    sent.on('error', fail)
    sent.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.statusMessage, onward(response))
      response.on('error', fail)
      response.pipe(answer)
    })
    incoming.on('error', fail)
    answer.on('close', () => said.destroy())
    incoming.pipe(sent)
    for (const stream of [incoming, said]) stream.on('data', (chunk: Buffer) => this.count(chunk.length))
  }

  /** A connection, or why there is none. */
  private async reach(wanted: Wanted): Promise<Socket | string> {
    const host = spell(wanted)
    if (this.open >= this.limits.open || this.total >= this.limits.total || this.isSpent())
      return this.refuse(host, 'too much went through the network already')
    this.open++
    this.total++
    try {
      const socket = await connectOpen(wanted, this.options)
      if (this.reached.size < MOST_NAMED) this.reached.add(host)
      this.hold(socket)
      socket.once('close', () => this.open--)
      return socket
    } catch (error) {
      this.open--
      const why = error instanceof Error ? error.message : String(error)
      return error instanceof Closed ? this.refuse(host, why) : `${host} could not be reached: ${why}`
    }
  }

  private refuse(host: string, why: string): string {
    if (this.refused.size < MOST_NAMED) this.refused.set(host, why)
    return why
  }

  private hold(stream: Duplex & {setTimeout(ms: number, act: () => void): unknown}): void {
    this.streams.add(stream)
    stream.setTimeout(this.limits.idleMs, () => stream.destroy())
    // Either end may break off; the other is closed with it.
    stream.on('error', () => stream.destroy())
    stream.once('close', () => this.streams.delete(stream))
  }

  private count(bytes: number): void {
    this.bytes += bytes
    if (this.isSpent()) for (const stream of this.streams) stream.destroy()
  }

  private isSpent(): boolean {
    return this.bytes > this.limits.bytes
  }
}

function parseAuthority(text: string): Wanted | null {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@?#\\%[\]*]+)):(\d{1,5})$/.exec(text) ?? []
  const name = bracketed === undefined ? domainToASCII(plain ?? '').replace(/\.$/, '') : bracketed
  const isName = bracketed === undefined ? name !== '' : isIP(bracketed) === 6
  return isName && Number(port) > 0 && Number(port) < 65_536 ? {name, port: Number(port)} : null
}

function parsePlain(text: string): URL | null {
  if (!/^http:\/\//i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  return url.username === '' && url.password === '' ? url : null
}

/** Headers as they came, less those that are the two neighbours' own. */
function onward({rawHeaders}: IncomingMessage): string[] {
  return rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && !HOP_BY_HOP.test(name) ? [name, rawHeaders[at + 1] ?? ''] : [],
  )
}
