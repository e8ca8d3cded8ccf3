import {isUserError} from '../../kit/errors.js'
import {type Lock, tryLock} from '../../kit/lock.js'
import {pause} from '../../kit/pause.js'
import type {GraphAccount, ImapAccount} from '../../workspace/config.js'
import type {SecretRef} from '../../workspace/secret-ref.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {openExchange} from './exchange.js'
import {type Grant, grantOf} from './grant.js'
import {noLogin} from './oauth-trouble.js'
import {onDisk, readTokens, type Tokens, writeTokens} from './token-file.js'

/** A token that ends sooner is renewed before it is used: a reading takes its time. */
const SPARE_MS = 5 * 60_000
const KNOCK_EVERY_MS = 50

/**
 * A token that the account's server takes. What is kept is used while it is good, so that most beats ask nobody and
 * load nothing; `refused` is one that the server would not take although it looked good. Throws `MailTrouble`.
 */
export async function accessToken(
  account: GraphAccount | ImapAccount,
  deps: OpenDeps,
  refused: string | null = null,
): Promise<string> {
  const grant = grantOf(account)
  if (grant === null) return secretOf(tokenRef(account), deps)
  const kept = readKept(grant, deps)
  if (kept && isGood(kept, deps, refused)) return kept.access
  if (!kept && grant.kind === 'person') throw noLogin(grant, deps.name)
  const lock = await takeLock(grant, deps)
  try {
    // Whoever had the lock before may have renewed it: a refresh token is used once.
    const now = readKept(grant, deps)
    if (now && isGood(now, deps, refused)) return now.access
    const renewed = await renew(grant, now, deps)
    writeTokens(grant, renewed, {...deps, staging: lock.staging})
    return renewed.access
  } finally {
    lock.release()
  }
}

/** Waits for the account's lock without standing in the way of other accounts in this process. */
export async function takeLock(
  {timeoutMs}: Pick<Grant, 'timeoutMs'>,
  {mcos, name, clock, signal}: OpenDeps,
): Promise<Lock> {
  for (let waited = 0; waited <= timeoutMs; waited += KNOCK_EVERY_MS) {
    const answer = onDisk(name, () => tryLock(mcos, `mail-token-${name}`, {clock, leaseMs: timeoutMs * 2}))
    if ('lock' in answer) return answer.lock
    await pause(KNOCK_EVERY_MS, signal)
    signal.throwIfAborted()
  }
  throw new MailTrouble('timeout', `another mcos renews the login of ${name}, and does not come to an end`, {
    fix: `mcos email check ${name}`,
  })
}

/** An application has no login to lose: what can't be read is simply asked for again. */
function readKept(grant: Grant, deps: OpenDeps): Tokens | null {
  try {
    return readTokens(grant, deps)
  } catch (error) {
    if (grant.kind === 'app' && error instanceof MailTrouble && error.kind === 'login') return null
    throw error
  }
}

function isGood({access, expires}: Tokens, {clock}: OpenDeps, refused: string | null): boolean {
  return access !== refused && expires - SPARE_MS > clock.now()
}

async function renew(grant: Grant, kept: Tokens | null, deps: OpenDeps): Promise<Tokens> {
  if (!kept && grant.secret === null) throw noLogin(grant, deps.name)
  const secret = grant.secret === null ? null : await secretOf(grant.secret, deps)
  const {appTokens, refreshedTokens} = await import('./msal.js')
  const exchange = openExchange(grant, deps)
  try {
    return secret === null
      ? await refreshedTokens(grant, kept?.cache ?? '', {...deps, exchange})
      : await appTokens(grant, secret, {...deps, exchange})
  } finally {
    exchange.close()
  }
}

/** A secret that isn't there is the account's trouble, and is named by its reference. */
async function secretOf(ref: SecretRef, {name, secret}: OpenDeps): Promise<string> {
  try {
    return await secret(ref)
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new MailTrouble('secret', error.message, {
      fix: error.suggestions[0] ?? `mcos email check ${name}`,
      cause: error,
    })
  }
}

function tokenRef(account: GraphAccount | ImapAccount): SecretRef {
  if (account.kind === 'imap' && account.login.kind === 'token') return account.login.ref
  throw new TypeError('an account that logs in by a password has no token')
}
