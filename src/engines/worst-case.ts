import type {Prices} from './engine.js'
import type {Prompt, Step} from './prompt.js'

/** Tokens by what they cost; `cacheWriteHour` is the part of `cacheWrite` that is kept for an hour. */
export interface TokenCounts {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly cacheWriteHour: number
}

const MILLION = 1_000_000

/** What providers add of their own: the words that explain tools to a model, and the marks around each message. */
const FLAT_EXTRA = 1024
const EXTRA_A_PART = 32

/** The most tokens that a prompt can be: a token is at least a byte, so it is the UTF-8 bytes of all that is sent. */
export function inputBound(prompt: Prompt): number {
  const parts = [bytesOf(prompt.tools), Buffer.byteLength(prompt.prefix), ...prompt.steps.map(stepBytes)]
  return parts.reduce((sum, bytes) => sum + bytes + EXTRA_A_PART, FLAT_EXTRA + prompt.tools.length * EXTRA_A_PART)
}

/** The most US dollars that a call can cost: all that is sent at its dearest price; 0 where nobody has said what it costs. */
export function costOf({input, output}: Pick<TokenCounts, 'input' | 'output'>, prices: Prices | null): number {
  if (!prices) return 0
  const dearest = Math.max(prices.input, prices.cacheRead, prices.cacheWrite, prices.cacheWriteHour)
  return (input * dearest + output * prices.output) / MILLION
}

/** What was used, each token at its own price. */
export function exactCostOf(tokens: TokenCounts, prices: Prices): number {
  const hour = Math.min(tokens.cacheWriteHour, tokens.cacheWrite)
  const sum =
    tokens.input * prices.input +
    tokens.output * prices.output +
    tokens.cacheRead * prices.cacheRead +
    (tokens.cacheWrite - hour) * prices.cacheWrite +
    hour * prices.cacheWriteHour
  return sum / MILLION
}

/** An answer in its engine's own form may be longer than its text, and another engine is sent the text. */
function stepBytes(step: Step): number {
  if (step.kind === 'prompt') return bytesOf(step.text)
  if (step.kind === 'results') return bytesOf(step.results) + step.results.length * EXTRA_A_PART
  const plain = bytesOf(step.text) + bytesOf(step.calls)
  return step.native === undefined ? plain : Math.max(plain, bytesOf(step.native.content))
}

/** As JSON, which is what goes over the wire; escapes only make it longer. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}
