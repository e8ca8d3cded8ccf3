import {isRecord} from '../../kit/is-record.js'
import {retryAfterMs} from './retry-after.js'
import {insistOnShallow} from './shallow.js'

/** What the far side says of a failure, in whichever of the known shapes. */
export interface SaidError {
  readonly type: string | null
  readonly code: string | null
  readonly message: string
  /** A status inside the body, as brokers give it for an error in mid-stream. */
  readonly status: number | null
}

/** An answer that is no success. */
export class HttpFailure extends Error {
  readonly said: SaidError
  readonly isHtml: boolean
  readonly shouldRetry: boolean | null

  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly body: string,
  ) {
    super(`status ${status}`)
    const type = headers.get('content-type') ?? ''
    this.isHtml = type.includes('html') || /^\s*<(!doctype|html)/i.test(body)
    this.said = readError(parseJson(body)) ?? {type: null, code: null, message: this.plainBody(), status: null}
    const retry = headers.get('x-should-retry')
    this.shouldRetry = retry === 'true' ? true : retry === 'false' ? false : null
  }

  /** The wait that the far side asks for, from now on. */
  retryAfterMs(nowMs: number): number | null {
    return retryAfterMs(this.headers, nowMs) ?? delayInBody(this.body)
  }

  private plainBody(): string {
    if (this.isHtml) return 'a page instead of an answer'
    const location = this.headers.get('location')
    return location === null ? this.body : `it redirects to ${location}; set base_url to where the API really is`
  }
}

/** The error inside a body: Anthropic's and OpenAI's shape, a bare text (Ollama), a list of one (Gemini), flat (vLLM). */
export function readError(body: unknown): SaidError | null {
  const outer: unknown = Array.isArray(body) ? body[0] : body
  if (!isRecord(outer)) return null
  const found = outer['error'] ?? (outer['object'] === 'error' || outer['message'] !== undefined ? outer : undefined)
  if (typeof found === 'string') return {type: null, code: null, message: found, status: null}
  if (!isRecord(found)) return null
  const {type, code, message} = found
  const details = isRecord(found['details']) ? found['details']['error_code'] : undefined
  return {
    type: typeof type === 'string' ? type : null,
    code: typeof details === 'string' ? details : typeof code === 'string' ? code : null,
    message: typeof message === 'string' ? message : JSON.stringify(message ?? found),
    status: typeof code === 'number' && code >= 400 && code < 600 ? code : null,
  }
}

/** Gemini says how long to wait in the body alone. */
function delayInBody(body: string): number | null {
  const found = /"retryDelay":\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1]
  return found === undefined ? null : Number(found) * 1000
}

function parseJson(text: string): unknown {
  try {
    return insistOnShallow(JSON.parse(text))
  } catch {
    return null // No JSON: the status tells enough, and the text is quoted as it is.
  }
}
