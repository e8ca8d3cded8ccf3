import {cleanLine, shorten} from '../../kit/text.js'
import type {ImapAccount} from '../../workspace/config.js'
import {nameOfSecret} from '../../workspace/secret-ref.js'
import {MailTrouble, type TroubleKind} from '../trouble.js'

/** Whose trouble it is. */
export interface ImapParty {
  readonly account: ImapAccount
  readonly name: string
  /** Ends everything; once it has, whatever broke broke by it. */
  readonly signal: AbortSignal
}

interface Failure {
  readonly code: string
  /** What the server answered, in its own words. */
  readonly said: string
  /** NO or BAD, where it was an answer. */
  readonly status: string
  readonly isLogin: boolean
  readonly retryAfterMs: number | null
}

const TIMEOUTS = ['ETIMEOUT', 'ETIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']
const CUTS = ['NoConnection', 'EConnectionClosed', 'StateLogout', 'ECONNRESET', 'EPIPE', 'Z_BUF_ERROR']
const HOSTS = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL']
const REFUSALS = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']
/** What OpenSSL and Node say of a certificate that isn't believed. */
const CERTIFICATE =
  /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|ERR_SSL_.*CERT)/
/** Response codes that ask for patience instead of another password. */
const LATER = /^(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|OVERQUOTA)$/i
const LATER_MS = 60_000

/** What a failed connection or command means to whoever has to mend it; what is none of these comes back as it is. */
export function imapTrouble(error: unknown, party: ImapParty, earlier: unknown): unknown {
  if (error instanceof MailTrouble) return error
  if (party.signal.aborted) return ended(error, party)
  // A socket that fails ends the command with a plain "no connection"; why is in the event before it.
  const cause = isPlainEnd(error) && earlier !== null ? earlier : error
  const failure = failureOf(cause)
  if (failure === null) return error
  const told = tell(failure, party)
  if (told === null) return error
  const [kind, message, fix] = told
  return new MailTrouble(kind, message, {
    fix,
    cause: error,
    ...(kind === 'throttled' ? {retryAfterMs: failure.retryAfterMs ?? LATER_MS} : {}),
  })
}

type Told = readonly [kind: TroubleKind, message: string, fix: string]

function tell(failure: Failure, party: ImapParty): Told | null {
  const {code, said, status, isLogin} = failure
  const {account, name} = party
  const {host} = account
  const at = account.port === null ? host : `${host}:${account.port}`
  const again = `mcos email check ${name}`
  const behind = said === '' ? '' : `: ${said}`
  if (code === 'ETHROTTLE' || LATER.test(code)) return ['throttled', `${host} asks for patience${behind}`, again]
  if (isLogin) return tellLogin(behind, party)
  if (TIMEOUTS.includes(code)) return ['timeout', `${at} stopped answering`, again]
  if (HOSTS.includes(code))
    return ['unknown-host', `there is no ${host}`, `Check host: of mail account ${name} in mcos.yaml`]
  if (REFUSALS.includes(code))
    return [
      'refused',
      `${at} takes no connection (${code})`,
      `Check host: and port: of mail account ${name} in mcos.yaml`,
    ]
  if (CERTIFICATE.test(code)) {
    const fix = `Name the file of its own authority as ca: of mail account ${name}, or put the right host: there`
    return ['certificate', `the certificate of ${at} is not to be believed (${certificateFault(code)})`, fix]
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || code === 'NO_TLS') {
    return [
      'protocol',
      `${at} speaks no TLS there`,
      `Check port: and tls: (implicit or starttls) of mail account ${name}`,
    ]
  }
  if (code.startsWith('ClosedAfterConnect')) return ['cut', `${at} hung up before the login${behind}`, again]
  if (CUTS.includes(code)) return ['cut', `the connection to ${at} ended in the middle`, again]
  if (status !== '') return ['protocol', `${host} says ${status}${behind}`, again]
  return code === '' ? null : ['protocol', `${host} answered what nobody expects (${code})`, again]
}

function tellLogin(behind: string, {account, name}: ImapParty): Told {
  const {host, login, user} = account
  if (login.kind === 'device-code') {
    return ['login', `${host} doesn't take the login of ${user} any more${behind}`, `mcos email login ${name}`]
  }
  const what = login.kind === 'password' ? 'password' : 'token'
  const put = `put the right ${what} behind ${nameOfSecret(login.ref)}, then: mcos email check ${name}`
  const fix = login.ref.source === 'keyring' ? `mcos secrets set ${login.ref.value}` : put
  return ['credentials', `${host} refuses the ${what} of ${user}${behind}`, fix]
}

function ended(error: unknown, {account, name, signal}: ImapParty): MailTrouble {
  const isTime = signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
  const why = isTime ? 'did not answer in time' : 'was interrupted'
  return new MailTrouble(isTime ? 'timeout' : 'cut', `${account.host} ${why}`, {
    fix: `mcos email check ${name}`,
    cause: error,
  })
}

function failureOf(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null
  const facts = error as Error & Record<string, unknown>
  const word = (key: string): string => (typeof facts[key] === 'string' ? (facts[key] as string) : '')
  const isLogin = facts['authenticationFailed'] === true
  const status = word('responseStatus')
  const code = word('serverResponseCode') || word('code') || (facts['tlsFailed'] === true ? 'NO_TLS' : '')
  if (code === '' && status === '' && !isLogin) return null
  const reset = facts['throttleReset']
  // What a server refuses has its own text; what is refused on this side, such as a login in the clear, has the error's.
  const ownWord = isLogin && error.message !== 'Command failed' ? error.message : ''
  return {
    code: inOneWord(code),
    said: shorten(cleanLine(word('responseText') || word('response') || word('reason') || ownWord), 160),
    status,
    isLogin,
    retryAfterMs: typeof reset === 'number' ? reset : null,
  }
}

/** A hop that several addresses failed at names its code only inside. */
function inOneWord(code: string): string {
  return code.replace(/[^\w-]/g, '')
}

function isPlainEnd(error: unknown): boolean {
  return CUTS.includes(failureOf(error)?.code ?? '')
}

function certificateFault(code: string): string {
  if (/ALTNAME|HOSTNAME/.test(code)) return 'made out for another host'
  if (/EXPIRED/.test(code)) return 'expired'
  if (/NOT_YET/.test(code)) return 'not valid yet'
  return /SELF_SIGNED|DEPTH_ZERO/.test(code) ? 'signed by itself' : 'signed by nobody known'
}
