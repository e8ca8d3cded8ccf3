import type {GraphAccount, ImapAccount} from '../../workspace/config.js'
import type {SecretRef} from '../../workspace/secret-ref.js'

/** What an account asks its authority for. */
export interface Grant {
  /** `app`: by its own secret, for a whole tenant; `person`: by a login that somebody made at a device code. */
  readonly kind: 'app' | 'person'
  readonly user: string
  readonly clientId: string
  readonly secret: SecretRef | null
  /** With its tenant, without a slash at the end. */
  readonly authority: string
  readonly scopes: readonly string[]
  readonly ca: string | null
  readonly timeoutMs: number
}

const MICROSOFT = 'https://login.microsoftonline.com'
const GRAPH = 'https://graph.microsoft.com'
const IMAP_SCOPES = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'offline_access']

/** null for an account that proves itself otherwise: by a password, or by a token that somebody else has got. */
export function grantOf(account: GraphAccount | ImapAccount): Grant | null {
  const {user, ca, timeoutMs} = account
  if (account.kind === 'imap') {
    const {login} = account
    if (login.kind !== 'device-code') return null
    const {clientId} = login
    return {
      kind: 'person',
      user,
      clientId,
      secret: null,
      authority: withTenant(login),
      scopes: IMAP_SCOPES,
      ca,
      timeoutMs,
    }
  }
  const {clientId, clientSecret: secret, baseUrl} = account
  const common = {user, clientId, authority: withTenant(account), ca, timeoutMs}
  return secret === null
    ? {kind: 'person', secret, scopes: [`${resourceOf(baseUrl)}/Mail.ReadWrite`, 'offline_access'], ...common}
    : {kind: 'app', secret, scopes: [`${resourceOf(baseUrl)}/.default`], ...common}
}

/** Names all that a token depends on: one of another grant is of no use. */
export function grantKey({kind, user, clientId, authority, scopes}: Grant): string {
  return [kind, user, clientId, authority, ...scopes].join(' ')
}

function withTenant({authority, tenant}: {readonly authority: string | null; readonly tenant: string}): string {
  const address = (authority ?? MICROSOFT).replace(/\/+$/, '')
  return new URL(address).pathname === '/' ? `${address}/${encodeURIComponent(tenant)}` : address
}

/** Other clouds have a Graph of their own; a Graph of this machine stands for the usual one. */
function resourceOf(baseUrl: string | null): string {
  const {hostname, origin} = new URL(baseUrl ?? GRAPH)
  return /^(?:graph|[\w-]+-graph|microsoftgraph)\./.test(hostname) ? origin : GRAPH
}
