import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {BRIDGE} from './bridge.js'
import {gateOf, type Reacher} from './contract-gate.js'
import type {Resolve} from './host-gate.js'
import {openProxy} from './open-proxy.js'
import type {Ways} from './ways.js'

/** What a program in a sandbox needs to reach the hosts of its contract, and nothing else. */
export interface Network {
  /** Files of ours at places of the sandbox. */
  readonly placed: readonly {readonly from: string; readonly at: string}[]
  readonly env: Readonly<Record<string, string>>
  /** The command line that opens the way inside, and then runs the program. */
  argv(program: readonly string[]): string[]
  ways(): Ways
  close(): void
}

const INSIDE = '/run/mcos'
const PORT = 3128
const LOOPBACK = ['localhost', '127.0.0.1', '::1']

/**
 * The sandbox keeps a network of its own, in which nobody else is. A bridge inside listens on its loopback and carries
 * everything to a socket of ours on the disk, where each host is judged.
 */
export async function openNetwork(reacher: Reacher, resolve?: Resolve): Promise<Network> {
  const proxy = await openProxy({gate: gateOf(reacher), resolve})
  const bridge = join(proxy.dir, 'bridge.cjs')
  writeFileSync(bridge, BRIDGE, {mode: 0o600})
  return {
    placed: [
      {from: process.execPath, at: `${INSIDE}/node`},
      {from: proxy.dir, at: `${INSIDE}/way`},
    ],
    env: proxyEnv(reacher.contract.hosts),
    argv: (program) => [`${INSIDE}/node`, `${INSIDE}/way/bridge.cjs`, String(PORT), `${INSIDE}/way/proxy`, ...program],
    ways: () => proxy.ways(),
    close: () => proxy.close(),
  }
}

/** In both spellings, as programs differ; node's own fetch looks only where it is told to. */
function proxyEnv(hosts: readonly string[]): Record<string, string> {
  const address = `http://127.0.0.1:${PORT}`
  // The sandbox has a loopback of its own, unless the contract means this machine's.
  const own = LOOPBACK.filter(
    (name) => !hosts.some((host) => host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') === name),
  )
  const values = {HTTP_PROXY: address, HTTPS_PROXY: address, ALL_PROXY: address, NO_PROXY: own.join(',')}
  const entries = Object.entries(values)
  return {
    ...Object.fromEntries([...entries, ...entries.map(([name, value]) => [name.toLowerCase(), value])]),
    NODE_USE_ENV_PROXY: '1',
  }
}
