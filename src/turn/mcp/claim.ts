import {CLAIMANT} from '../../alerts/channel-claim.js'
import {isTrusted, readTrust} from '../../guard/trust.js'
import {findRepository} from '../../history/repository.js'
import type {McpServer} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {formatSecretRef, type SecretRef} from '../../workspace/secret-ref.js'

/**
 * What a server of mcos.yaml does, as one line that a person can trust or not: the program with all of its environment,
 * which can change what it runs, or the address with the secrets it is handed.
 */
export function mcpClaimOf(name: string, server: McpServer): string {
  if ('command' in server) {
    const env = Object.entries(server.env).map(([key, value]) => `${key}=${show(value)}`)
    return [`mcp ${name}: ${JSON.stringify(server.command)}`, ...env].join(' ')
  }
  const secrets = Object.entries(server.headers).filter(([, value]) => typeof value !== 'string')
  return [`mcp ${name}: ${show(server.url)}`, ...secrets.map(([key, value]) => `${key}=${show(value)}`)].join(' ')
}

/** Whether a server may be used here: a fleet that came from elsewhere starts none before a person of this machine has seen it. */
export function mayUseServer(fleet: Fleet, name: string, server: McpServer): boolean {
  const trust = readTrust(fleet.mcos)
  if (trust.isMadeHere || isTrusted(trust, {agent: CLAIMANT, kind: 'mcp', text: mcpClaimOf(name, server)})) return true
  // A clone knows where it came from; a repository without a remote was begun by whoever works in it.
  return !findRepository(fleet.home.dir).config.some(({key}) => key.startsWith('remote.'))
}

function show(value: SecretRef | string): string {
  return typeof value === 'string' ? value : formatSecretRef(value)
}
