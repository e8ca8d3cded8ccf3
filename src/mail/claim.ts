import type {MailAccount} from '../workspace/config.js'
import {formatSecretRef, type SecretRef} from '../workspace/secret-ref.js'

/**
 * What opening an account of mcos.yaml does, as one line that a person can trust or not: a secret of this machine is
 * handed to a server that the file names, or a program is run for it. null: nothing of the kind.
 */
export function mailClaimOf(name: string, account: MailAccount): string | null {
  switch (account.kind) {
    case 'maildir':
      return null
    case 'imap': {
      const {host, login, user} = account
      const ref = login.kind === 'device-code' ? null : login.ref
      if (isThisMachine(host) && ref?.source !== 'command') return null
      return `mail ${name}: ${user} at ${host}${shown(ref)}${login.kind === 'device-code' ? ' by device code' : ''}`
    }
    case 'graph': {
      const {authority, baseUrl, clientSecret, user} = account
      const elsewhere = [authority, baseUrl].filter((url) => url !== null && !isThisMachine(new URL(url).hostname))
      // Without a secret and with Microsoft's own addresses nothing is handed over that a login did not just give.
      if (clientSecret?.source !== 'command' && elsewhere.length === 0) return null
      return [`mail ${name}: ${user}`, ...elsewhere].join(' ') + shown(clientSecret)
    }
  }
}

function shown(ref: SecretRef | null): string {
  return ref === null ? '' : ` with ${formatSecretRef(ref)}`
}

/** What is handed to a server of this machine itself doesn't leave it. */
function isThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
