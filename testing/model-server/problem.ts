import type {Behaviour, Problem} from './behaviour.js'

const TYPES: Readonly<Record<number, readonly [string, string]>> = {
  400: ['invalid_request_error', 'messages: at least one message is required'],
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'Your account has been disabled for a billing problem.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'model: claude-nobody'],
  408: ['timeout_error', 'Request timed out.'],
  409: ['conflict_error', 'The request conflicts with another.'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', 'This request would exceed your rate limit of 30,000 input tokens per minute.'],
  500: ['api_error', 'Internal server error'],
  502: ['api_error', 'Bad gateway'],
  503: ['api_error', 'Service unavailable'],
  504: ['timeout_error', 'Request timed out'],
  529: ['overloaded_error', 'Overloaded'],
}

/** A problem of this status, with the type and the words that the real API gives unless told otherwise. */
export function problem(status: number, said: Partial<Omit<Problem, 'status'>> = {}): Problem {
  const [type, message] = TYPES[status] ?? ['api_error', `Status ${status}`]
  return {status, type, message, ...said}
}

export function fails(status: number, said: Partial<Omit<Problem, 'status'>> = {}): Behaviour {
  return {kind: 'problem', problem: problem(status, said)}
}

/** A 429 that is no storm: the account's limit of the month, which no waiting mends. */
export const spendLimit: Behaviour = fails(429, {
  message: 'Your organization has reached its enforced spend limit.',
  code: 'enforced_spend_limit_reached',
  headers: {'x-should-retry': 'false'},
})

/** Thrown by the readers of requests: what the real API would answer with 400, 404 or 413. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message)
  }
}

export function refuse(
  status: number,
  message: string,
  more: Partial<Omit<Problem, 'status' | 'message'>> = {},
): never {
  throw new Refused(problem(status, {message, ...more}))
}

export function anthropicBody({type, message, code}: Problem, requestId: string): unknown {
  const details = code === undefined ? {} : {details: {error_code: code}}
  return {type: 'error', error: {type, message, ...details}, request_id: requestId}
}

export function openaiBody({type, message, code, param}: Problem): unknown {
  return {error: {message, type, param: param ?? null, code: code ?? null}}
}
