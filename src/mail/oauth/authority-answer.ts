import {isRecord} from '../../kit/is-record.js'
import {MailTrouble} from '../trouble.js'
import type {Answer} from './exchange.js'
import type {Refusal} from './oauth-trouble.js'
import {retryAfterMs} from './retry-after.js'

/** What an authority answered, in the form that msal expects. */
export interface AuthorityAnswer {
  readonly body: Readonly<Record<string, unknown>>
  readonly refusal: Refusal | null
  /** Whether it wants to be asked less often; msal is told that nobody has typed the code yet. */
  readonly isTooQuick: boolean
}

/** Throws `MailTrouble` for an authority that is busy, or that isn't one. */
export function readAuthorityAnswer(
  answer: Answer,
  {url, name, now}: {url: string; name: string; now: number},
): AuthorityAnswer {
  const {status, headers, body: bytes} = answer
  const host = new URL(url).host
  if (status === 429 || status >= 500) {
    throw new MailTrouble('throttled', `${host} is busy and gives no token now (HTTP ${status})`, {
      fix: 'wait: it is asked again at the next beat',
      retryAfterMs: retryAfterMs(headers['retry-after'], now),
    })
  }
  const body = parse(bytes)
  if (body === null) {
    throw new MailTrouble('protocol', `${host} answers what no authority answers (HTTP ${status})`, {
      fix: `mend tenant or authority of mail.accounts.${name} in mcos.yaml`,
    })
  }
  const error = body['error']
  if (typeof error !== 'string') return {body, refusal: null, isTooQuick: false}
  if (error === 'slow_down') return {body: {error: 'authorization_pending'}, refusal: null, isTooQuick: true}
  if (error === 'authorization_pending') return {body, refusal: null, isTooQuick: false}
  return {body, refusal: {status, error, codes: codesOf(body)}, isTooQuick: false}
}

function codesOf(body: Readonly<Record<string, unknown>>): number[] {
  const codes: unknown = body['error_codes']
  if (Array.isArray(codes)) return codes.filter((code): code is number => Number.isSafeInteger(code))
  const said = /AADSTS(\d+)/.exec(String(body['error_description'] ?? ''))?.[1]
  return said === undefined ? [] : [Number(said)]
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return isRecord(value) ? value : null
  } catch {
    // The parser's own words would quote what stands there: it could be a token.
    return null
  }
}
