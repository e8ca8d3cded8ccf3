import {cleanLine, shorten} from '../../kit/text.js'
import type {ClaimedUsage, Stopped} from '../engine.js'
import {unknownUsage} from './claimed.js'
import {HttpFailure} from './http-failure.js'
import {mayHaveBegun, reasonOfFailure} from './stop-reason.js'
import {stopped, type Watch} from './watch.js'

/** What is known at the moment a call fails. */
export interface At {
  readonly watch: Watch
  /** Never repeated, also where the far side repeats it. */
  readonly key: string | null
  /** What the far side had claimed by then; null: nothing had begun. */
  readonly usage: ClaimedUsage | null
  readonly now: number
}

/** No connection came about, so nothing was read by any model. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])

const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/

/** Any error that can come out of a call over the network, as the reply it is. */
export function stopFor(error: unknown, {watch, key, usage, now}: At): Stopped {
  const broken = watch.broken()
  // A call that was told to stop, or was silent, may have reached the model: what it used is not known.
  if (broken && !(error instanceof HttpFailure)) return stopped(broken, usage)
  if (error instanceof HttpFailure) return stopForStatus(error, {key, usage, now})
  const code = codeOf(error)
  if (NO_CONNECTION.has(code) || TLS.test(code)) {
    return stopped({reason: 'unreachable', detail: sayable(`no connection: ${deepest(error)}`, key)})
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return stopped({reason: 'silent', detail: 'no byte for as long as the runtime waits'}, usage)
  }
  if (code === 'ERR_INVALID_URL')
    return stopped({reason: 'invalid', detail: sayable(`base_url: ${deepest(error)}`, key)})
  return stopped({reason: 'cut', detail: sayable(`the connection broke off: ${deepest(error)}`, key)}, usage)
}

function stopForStatus(failure: HttpFailure, {key, usage, now}: Omit<At, 'watch'>): Stopped {
  const {status, said} = failure
  const reason = reasonOfFailure(failure)
  const known = usage ?? (mayHaveBegun(status) ? unknownUsage(1) : null)
  const found = stopped({reason, detail: sayable(`${status} ${said.message}`, key)}, known)
  const wait = failure.retryAfterMs(now)
  return wait === null ? found : {...found, retryAfterMs: wait}
}

const LONGEST = 400

/** One line of what the far side said, without the key, which some of them repeat. */
export function sayable(text: string, key: string | null): string {
  const hidden = key !== null && key.length >= 8 ? text.replaceAll(key, '…') : text
  return shorten(cleanLine(hidden), LONGEST)
}

/** Node tells the real reason in causes of causes. */
function causesOf(error: unknown): readonly Error[] {
  const found: Error[] = []
  for (let at = error; at instanceof Error && found.length < 8; at = innerOf(at)) found.push(at)
  return found
}

function innerOf(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error.cause
}

function codeOf(error: unknown): string {
  const codes = causesOf(error).map((cause) => ('code' in cause ? String(cause.code) : ''))
  return codes.find((code) => code !== '') ?? ''
}

function deepest(error: unknown): string {
  return causesOf(error).at(-1)?.message ?? String(error)
}
