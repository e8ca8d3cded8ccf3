/** An answer that isn't 2xx, in the real API's own words. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }

  body(): object {
    const innerError = {date: new Date().toISOString().slice(0, 19), 'request-id': 'r', 'client-request-id': 'r'}
    return {error: {code: this.code, message: this.message, innerError}}
  }
}

export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message)
}

export function notFound(): GraphRefusal {
  return new GraphRefusal(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
}

/** A path that this server doesn't know: either nobody should ask it, or this server has to learn it. */
export function unknownPath(path: string): GraphRefusal {
  return new GraphRefusal(404, 'BadRequest', `Resource not found for the segment '${path}'.`)
}

export function throttled(retryAfter: number, why: string): GraphRefusal {
  return new GraphRefusal(429, 'ApplicationThrottled', `Application is over its ${why} limit.`, {
    'retry-after': String(retryAfter),
  })
}

export function badToken(message: string): GraphRefusal {
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': 'Bearer realm="", error="invalid_token"',
  })
}
