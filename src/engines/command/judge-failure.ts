import type {StopReason} from '../engine.js'

/** In their order: what says more stands first, as a spent account also answers with 429. */
const WORDS: readonly (readonly [StopReason, RegExp])[] = [
  [
    'too-long',
    /prompt is too long|context (?:window|length)|context_length_exceeded|maximum context|too many tokens|exceeds the maximum number of tokens|\b413\b/i,
  ],
  ['spent', /insufficient_quota|credit balance|billing|exceeded your current quota|quota exceeded|payment|\b402\b/i],
  [
    'unauthorized',
    /invalid (?:x-)?api[ -_]key|api key not valid|incorrect api key|unauthori[sz]ed|authentication|not logged in|please run \/login|login required|auth method|forbidden|permission_denied|\b40[13]\b/i,
  ],
  [
    'invalid',
    /unknown (?:option|argument)|unexpected argument|model_not_found|selected model|model .{0,80}(?:does not exist|not found|not supported)/i,
  ],
  [
    'overloaded',
    /overloaded|rate.?limit|usage limit|hit your limit|too many requests|resource_exhausted|high demand|server_error|service unavailable|\b(?:429|500|502|503|504|529)\b/i,
  ],
  [
    'unreachable',
    /unable to connect|connection ?refused|econnrefused|enotfound|eai_again|lookup address|name does not resolve|dns|certificate|tls|ssl|error sending request|fetch failed|waiting for network/i,
  ],
  ['invalid', /invalid_request|bad request|not_found|\b(?:400|404|422)\b/i],
]

/** What a program's own words about its failure come to; `fallback` where they say nothing that is known. */
export function reasonOf(words: string, fallback: StopReason): StopReason {
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? fallback
}

/** What an HTTP status of the provider comes to; null where the status alone doesn't tell. */
export function reasonOfStatus(status: number | null): StopReason | null {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 402) return 'spent'
  if (status === 413) return 'too-long'
  if (status === 429 || (status !== null && status >= 500)) return 'overloaded'
  return null
}
