import {isUserError} from '../../kit/errors.js'
import {isRecord} from '../../kit/is-record.js'
import type {Staging} from '../../kit/staging.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {type Grant, grantKey} from './grant.js'

/** What this machine keeps of one account's login. */
export interface Tokens {
  readonly access: string
  /** Until when `access` is good, ms. */
  readonly expires: number
  /** msal's own, which holds the refresh token; only msal knows what is in it. */
  readonly cache: string
}

type Files = Pick<OpenDeps, 'mcos' | 'name'>

/** Where an account's login lies, relative to `.mcos`. */
function tokenPath(name: string): string {
  return `mail/tokens/${name}.json`
}

/** null: never logged in, or as somebody else, or elsewhere. */
export function readTokens(grant: Grant, {mcos, name}: Files): Tokens | null {
  const text = onDisk(name, () => mcos.readText(tokenPath(name)))
  if (text === null) return null
  const value = parse(text)
  if (value === null) throw damaged(name)
  const {grant: key, access, expires, cache} = value
  if (typeof access !== 'string' || typeof cache !== 'string' || typeof expires !== 'number') throw damaged(name)
  return key === grantKey(grant) ? {access, expires, cache} : null
}

/** Nobody but this user may read it. */
export function writeTokens(
  grant: Grant,
  tokens: Tokens,
  {mcos, name, staging}: Files & {readonly staging: Staging},
): void {
  const text = `${JSON.stringify({grant: grantKey(grant), ...tokens})}\n`
  onDisk(name, () => mcos.write(tokenPath(name), text, {mode: 0o600, staging}))
}

/** Does work on this machine's own files; what goes wrong there is the account's trouble. */
export function onDisk<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new MailTrouble('storage', error.message, {
      fix: error.suggestions[0] ?? `mcos email check ${name}`,
      cause: error,
    })
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    // The parser's own words would quote what stands there: tokens.
    return null
  }
}

function damaged(name: string): MailTrouble {
  return new MailTrouble('login', `.mcos/${tokenPath(name)}, which keeps the login of ${name}, can't be read`, {
    fix: `mcos email login ${name}`,
  })
}
