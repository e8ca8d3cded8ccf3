import type {ImapLogin, MailAccount} from './config.js'
import type {FleetFile} from './config-schema.js'
import {faultAt} from './schema.js'

const MINUTE_MS = 60_000

type RawAccount = NonNullable<FleetFile['mail']['accounts']>[string]
type RawImap = Extract<RawAccount, {kind: 'imap'}>

/** One account as mcos.yaml has it. */
export function toMailAccount(account: RawAccount): MailAccount {
  const common = {
    agent: account.agent,
    escalate: account.escalate ?? null,
    folders: account.folders ?? [],
    digest: account.digest ?? [],
    rate: account.rate ?? null,
    sinceMs: account.since ?? null,
    timeoutMs: account.timeout ?? MINUTE_MS / 2,
    addresses: account.addresses ?? [],
    authserv: account.authserv ?? null,
  }
  if (account.kind === 'maildir') return {kind: 'maildir', path: account.path, ...common}
  if (account.kind === 'imap') {
    const {host, port = null, user, tls = 'implicit', ca = null} = account
    return {kind: 'imap', host, port, user, login: toLogin(account), tls, ca, ...common}
  }
  const {user, tenant, client_id: clientId, client_secret: clientSecret = null} = account
  const {authority = null, base_url: baseUrl = null, ca = null} = account
  return {kind: 'graph', user, tenant, clientId, clientSecret, authority, baseUrl, ca, ...common}
}

/** One that names none or several of them is refused by checkLogins. */
function toLogin({password, token, tenant, client_id: clientId, authority}: RawImap): ImapLogin {
  if (password !== undefined) return {kind: 'password', ref: password}
  if (token !== undefined) return {kind: 'token', ref: token}
  return {kind: 'device-code', tenant: tenant ?? 'common', clientId: clientId ?? '', authority: authority ?? null}
}

/** An IMAP account proves itself in exactly one way. */
export function checkLogins(accounts: FleetFile['mail']['accounts'], read: Parameters<typeof faultAt>[1]): void {
  for (const [name, account] of Object.entries(accounts ?? {})) {
    if (account.kind !== 'imap') continue
    const ways = [account.password, account.token, account.client_id].filter((way) => way !== undefined).length
    if (ways === 1) continue
    const expected = 'one of password, token (a reference to an access token) and client_id (for a device code login)'
    throw faultAt({path: ['mail', 'accounts', name], expected, isKey: false}, read)
  }
}
