import type {Channel} from '../workspace/config.js'
import {formatSecretRef, type SecretRef} from '../workspace/secret-ref.js'

/** Under whose name the trust list keeps what mcos.yaml itself asks for; no agent can be called so. */
export const CLAIMANT = 'mcos.yaml'

/**
 * What a channel does beyond posting a text to an address, as one line that a person can trust or not: it runs a
 * program, or hands a secret of this machine to somebody. null: nothing of the kind.
 */
export function claimOf(channel: Channel): string | null {
  switch (channel.kind) {
    case 'command':
      return `command: ${JSON.stringify(channel.command)}`
    case 'webhook': {
      const {url, headers = {}} = channel
      const secrets = Object.entries(headers).filter(([, value]) => typeof value !== 'string')
      const isPlain = secrets.length === 0 && (typeof url === 'string' || url.source !== 'command')
      return isPlain
        ? null
        : ['webhook:', show(url), ...secrets.map(([name, value]) => `${name}=${show(value)}`)].join(' ')
    }
    case 'telegram': {
      const {token, baseUrl} = channel
      return token.source === 'command' || baseUrl ? `telegram: ${show(token)} ${baseUrl ?? ''}`.trim() : null
    }
  }
}

/** The same of the address that is told after each beat: asking a program for it runs that program. */
export function pingClaimOf(address: SecretRef | string | null): string | null {
  return address !== null && typeof address !== 'string' && address.source === 'command'
    ? `ping: ${show(address)}`
    : null
}

function show(value: SecretRef | string): string {
  return typeof value === 'string' ? value : formatSecretRef(value)
}
