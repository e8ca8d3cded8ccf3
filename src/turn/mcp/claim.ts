import type {McpServer} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {formatSecretRef, type SecretRef} from '../../workspace/secret-ref.js'
import {isClaimTrusted} from '../trusted-claim.js'

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

/** Whether a server may be used here. */
export function mayUseServer(fleet: Fleet, name: string, server: McpServer): boolean {
  return isClaimTrusted(fleet, {kind: 'mcp', text: mcpClaimOf(name, server)})
}

function show(value: SecretRef | string): string {
  return typeof value === 'string' ? value : formatSecretRef(value)
}
