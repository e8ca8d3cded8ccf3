import {type AddressInfo, createConnection, createServer, type Socket} from 'node:net'

/** What happens to one connection; the bytes are those that the server sends. Nothing at all: it passes. */
export interface Fault {
  /** Added to a question and its answer together. */
  readonly roundTripMs?: number
  /** Closed in order after so many bytes. */
  readonly cutAfter?: number
  /** Reset after so many bytes. */
  readonly resetAfter?: number
  /** After so many bytes nothing passes any more in either direction, and nobody hangs up. */
  readonly stallAfter?: number
}

/** What went through one connection. */
export interface ProxiedConnection {
  readonly fault: Fault
  /** Bytes from the client to the server, and from the server to the client. */
  sent: number
  received: number
  /** Bytes that the server sent after the first text that says the login is done; 0 through TLS, where nobody can see. */
  receivedBeyondLogin: number
  isOpen: boolean
}

export interface FaultProxy {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly connections: readonly ProxiedConnection[]
  /** Faults for the connections to come, one each, in this order. */
  next(...faults: readonly Fault[]): void
  /** The fault of every connection to come that has none of its own. */
  always(fault: Fault): void
  /** Resets all that are open. */
  resetAll(): void
  /** From now on connections are refused, until `listen`. */
  refuse(): Promise<void>
  listen(): Promise<void>
  close(): Promise<void>
}

export interface Target {
  readonly host: string
  readonly port: number
  /** By which text of the server a login is known to be done; default: IMAP's. */
  readonly loginDone?: RegExp
}

const IMAP_LOGIN = /^\S+ OK (\[CAPABILITY [^\]]*\] )?Logged in/m

/** Stands before a server and is a bad network to it. */
export async function startFaultProxy(target: Target): Promise<FaultProxy> {
  const queue: Fault[] = []
  const connections: ProxiedConnection[] = []
  const open = new Set<Socket>()
  let usual: Fault = {}
  const server = createServer((client) => {
    const connection: ProxiedConnection = {
      fault: queue.shift() ?? usual,
      sent: 0,
      received: 0,
      receivedBeyondLogin: 0,
      isOpen: true,
    }
    connections.push(connection)
    open.add(client)
    client.once('close', () => {
      open.delete(client)
      connection.isOpen = false
    })
    relay(client, target, connection)
  })
  const listen = (port: number): Promise<void> =>
    new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done))
  await listen(0)
  const {port} = server.address() as AddressInfo
  const resetAll = (): void => {
    for (const socket of open) reset(socket)
  }
  const stop = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done())
      resetAll()
    })
  return {
    host: '127.0.0.1',
    port,
    connections,
    next: (...faults) => void queue.push(...faults),
    always: (fault) => {
      usual = fault
    },
    resetAll,
    refuse: stop,
    listen: () => listen(port),
    close: stop,
  }
}

function relay(client: Socket, {host, port, loginDone = IMAP_LOGIN}: Target, connection: ProxiedConnection): void {
  const {fault} = connection
  const server = createConnection(port, host)
  let isStalled = false
  let beginning = ''
  client.setNoDelay(true)
  server.setNoDelay(true)
  const later = pacer((fault.roundTripMs ?? 0) / 2)
  const end = (): void => {
    client.destroy()
    server.destroy()
  }
  /** As much of a chunk as may still pass; what comes after it is the fault. */
  const pass = (chunk: Buffer): void => {
    const limit = Math.min(fault.cutAfter ?? Infinity, fault.resetAfter ?? Infinity, fault.stallAfter ?? Infinity)
    const allowed = chunk.subarray(0, Math.max(0, limit - connection.received))
    connection.received += allowed.length
    count(allowed)
    const isReset = connection.received >= limit && fault.resetAfter === limit
    client.write(allowed, () => {
      if (isReset) reset(client)
    })
    if (connection.received < limit) return
    if (fault.stallAfter === limit) isStalled = true
    else if (!isReset) client.end()
    if (!isStalled) server.destroy()
  }
  const count = (bytes: Buffer): void => {
    if (beginning === LOGGED_IN) {
      connection.receivedBeyondLogin += bytes.length
      return
    }
    beginning += bytes.toString('latin1')
    const done = loginDone.exec(beginning)
    const lineEnd = done ? beginning.indexOf('\n', done.index) : -1
    if (lineEnd < 0) return
    connection.receivedBeyondLogin += beginning.length - lineEnd - 1
    beginning = LOGGED_IN
  }
  client.on('data', (chunk: Buffer) => {
    if (isStalled) return
    connection.sent += chunk.length
    later(() => server.write(chunk))
  })
  server.on('data', (chunk: Buffer) => {
    if (!isStalled) later(() => isStalled || pass(chunk))
  })
  client.once('end', () => later(() => server.end()))
  server.once('end', () => later(() => isStalled || client.end()))
  client.once('close', () => server.destroy())
  client.on('error', end)
  server.on('error', () => {
    if (!isStalled) end()
  })
  if (Math.min(fault.cutAfter ?? 1, fault.resetAfter ?? 1, fault.stallAfter ?? 1) === 0) pass(Buffer.alloc(0))
}

/** Node 20 never ends a process in which a socket was reset while something was still being written to it. */
function reset(socket: Socket): void {
  if (socket.writableEnded || socket.writableLength > 0) socket.destroy()
  else socket.resetAndDestroy()
}

/** Stands for a beginning that need not be kept any longer. */
const LOGGED_IN = '\n'

/** Does things in their order, each so long after it was asked for. */
function pacer(delayMs: number): (act: () => unknown) => void {
  if (delayMs <= 0) return (act) => void act()
  return (act) => void setTimeout(act, delayMs)
}
