import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {SecretRef} from '../../workspace/secret-ref.js'
import {depsFor} from './open-account.js'

/** Where an account's login is kept, below `.mcos`. */
function tokensPath(name: string): string {
  return `mail/tokens/${name}.json`
}

/**
 * Names an account's settings and the very secret behind them without giving it away: what a server has refused is not
 * tried again until this changes, so that no server locks anybody out for knocking.
 */
export async function credentialMark(fleet: Fleet, name: string, account: MailAccount): Promise<string> {
  const {secret} = depsFor(fleet, name, new AbortController().signal)
  const ref = secretOf(account)
  const value = ref === null ? null : await secret(ref).catch(unreadable)
  return contentHash(JSON.stringify([account, value, fleet.mcos.readText(tokensPath(name))]))
}

function secretOf(account: MailAccount): SecretRef | null {
  if (account.kind === 'graph') return account.clientSecret
  return account.kind === 'imap' && account.login.kind !== 'device-code' ? account.login.ref : null
}

/** A secret that isn't there is a state like any other: it is another one once it is. */
function unreadable(error: unknown): null {
  if (isUserError(error)) return null
  throw error
}
