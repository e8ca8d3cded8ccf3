import type {StopReason} from '../engine.js'
import type {HttpFailure, SaidError} from './http-failure.js'

/** The status that an error in mid-stream would have had, by its type. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

const SPENT_CODES = ['insufficient_quota', 'billing_hard_limit_reached', 'insufficient_balance']
const SPENT = /credit balance is too low|insufficient (account )?(balance|credits?)|specified API usage limits/i

const BAD_KEY_CODES = ['invalid_api_key', 'organization_on_hold']
const BAD_KEY = /(incorrect|invalid) api key|api key (is )?(not valid|invalid|expired)/i

const TOO_LONG_CODES = ['context_length_exceeded', 'string_above_max_length']
const TOO_LONG =
  /prompt is too long|input is too long|(maximum|available|model'?s) (context|prompt|input) (length|size|window)|exceeds? (the )?context (limit|length|size|window)|reduce the length of|exceed context limit/i

/** What an error means, by status first and then by the words that providers are known to use. */
export function reasonOf(said: SaidError, status: number | null, shouldRetry: boolean | null = null): StopReason {
  const known = status ?? said.status ?? STATUS_OF_TYPE[said.type ?? ''] ?? STATUS_OF_TYPE[said.code ?? ''] ?? null
  if (isSpent(said, known, shouldRetry)) return 'spent'
  if (known === null) return 'cut'
  if (known === 401 || known === 403) return 'unauthorized'
  if (known === 407) return 'unreachable'
  if (known === 413) return 'too-long'
  if ([408, 409, 425, 429].includes(known) || known >= 500) return 'overloaded'
  if (known < 400) return 'cut'
  if (BAD_KEY_CODES.includes(said.code ?? '') || BAD_KEY.test(said.message)) return 'unauthorized'
  if (TOO_LONG_CODES.includes(said.code ?? '') || TOO_LONG.test(said.message)) return 'too-long'
  return 'invalid'
}

export function reasonOfFailure({status, said, isHtml, shouldRetry}: HttpFailure): StopReason {
  // Whatever stands in between and forbids is no word about the key.
  if (isHtml && status === 403) return 'cut'
  return reasonOf(said, status, shouldRetry)
}

/** Whether the far side may have begun to answer when a gateway gave up waiting; then nobody knows what it used. */
export function mayHaveBegun(status: number): boolean {
  return status === 408 || status === 502 || status === 504
}

function isSpent({type, code, message}: SaidError, status: number | null, shouldRetry: boolean | null): boolean {
  if (status === 402 || type === 'billing_error' || type === 'insufficient_quota') return true
  if (SPENT_CODES.includes(code ?? '') || (code ?? '').endsWith('spend_limit_reached')) return true
  if (status === 429 && shouldRetry === false) return true
  return (status === null || (status >= 400 && status < 500)) && SPENT.test(message)
}
