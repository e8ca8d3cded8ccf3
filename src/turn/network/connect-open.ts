import {type LookupAddress, lookup} from 'node:dns'
import {connect, isIP, type Socket} from 'node:net'
import {type HostGate, isOpenAddress, type Resolve} from './host-gate.js'

const CONNECT_MS = 15_000

/** A host as somebody asks for it: a name or an address without brackets, and its port. */
export interface Wanted {
  readonly name: string
  readonly port: number
}

/** What is closed by a rule, other than what just isn't there. */
export class Closed extends Error {}

/** `name:port` as contracts write it. */
export function spell({name, port}: Wanted): string {
  return name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`
}

/** Connects to what the gate opens: to the very addresses that were looked up and judged, never to the name again. */
export async function connectOpen(
  wanted: Wanted,
  {gate, resolve = lookup}: {readonly gate: HostGate; readonly resolve?: Resolve | undefined},
): Promise<Socket> {
  const why = gate.whyClosed(spell(wanted))
  if (why !== null) throw new Closed(why)
  const {name, port} = wanted
  const found = isIP(name) === 0 ? await lookUp(name, resolve) : [{address: name, family: isIP(name)}]
  // All of them: which of a name's addresses answers is its owner's to choose.
  const closed = found.find(({address}) => !isOpenAddress(address, {name, port: String(port)}, gate))
  if (closed) throw new Closed(`${closed.address} is not public, and the contract does not name it`)
  let last: unknown = new Error(`${name} has no address`)
  for (const {address} of found) {
    try {
      return await connectTo(address, port)
    } catch (error) {
      last = error
    }
  }
  throw last
}

function lookUp(name: string, resolve: Resolve): Promise<LookupAddress[]> {
  return new Promise((done, fail) => {
    resolve(name, {all: true}, (error, found) => (error ? fail(error) : done(found)))
  })
}

function connectTo(host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({host, port, allowHalfOpen: true})
    const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${CONNECT_MS / 1000} s`)), CONNECT_MS)
    socket.once('error', (error) => {
      clearTimeout(timer)
      fail(error)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      done(socket)
    })
  })
}
