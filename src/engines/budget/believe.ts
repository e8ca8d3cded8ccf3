import type {ClaimedUsage, Prices, Usage} from '../engine.js'
import {costOf, exactCostOf} from '../worst-case.js'
import type {OpenCall} from './book.js'

/** What was set apart for a call before it was made. */
export interface Reserved extends Pick<OpenCall, 'tokens' | 'usd' | 'input'> {
  readonly billing: 'metered' | 'subscription'
}

/** No tokenizer makes one token of more bytes than this, over a whole prompt; frames and marks are no text. */
const MOST_BYTES_A_TOKEN = 20
const FRAME_BYTES = 2_048

const MOST_BELIEVED = Number.MAX_SAFE_INTEGER

/** What a call is written down as: what it claims, if that can be true, and otherwise the most that was set apart. */
export function believe(
  claimed: ClaimedUsage | null,
  reserved: Reserved,
  prices: Prices | null,
): Usage & {readonly note?: string} {
  const doubt = doubtOf(claimed, reserved)
  if (claimed === null || claimed.input === null || claimed.output === null || doubt !== null) {
    const usage = atLeastTold(mostOf(reserved, claimed), claimed, prices)
    return {...usage, note: `${doubt}; counted at its most, ${usage.input + usage.output} tokens`}
  }
  const {input, output, cacheRead, cacheWrite, cacheWriteHour} = claimed
  const costUsd = costFor({input, output, cacheRead, cacheWrite, cacheWriteHour}, {claimed, reserved, prices})
  const usage = {input, output, cacheRead, cacheWrite, costUsd, modelCalls: callsOf(claimed)}
  const tokens = input + output + cacheRead + cacheWrite
  if (tokens <= reserved.tokens && costUsd <= reserved.usd + 1e-9) return usage
  const more = tokens > reserved.tokens ? `${tokens} tokens of ${reserved.tokens}` : `$${costUsd} of $${reserved.usd}`
  return {...usage, note: `reported more than was reserved: ${more}`}
}

/** The most of a call nobody has told of. */
export function mostOf(
  {tokens, usd, input: sent}: Omit<Reserved, 'billing'>,
  claimed: ClaimedUsage | null = null,
): Usage {
  const input = Math.min(sent ?? tokens, tokens)
  const modelCalls = callsOf(claimed)
  return {input, output: tokens - input, cacheRead: 0, cacheWrite: 0, costUsd: usd, modelCalls}
}

/** A stream that was cut may have told more than was reserved already. */
function atLeastTold(most: Usage, claimed: ClaimedUsage | null, prices: Prices | null): Usage {
  const parts = claimed ? [claimed.input, claimed.output, claimed.cacheRead, claimed.cacheWrite] : []
  const told = parts.reduce<number>((sum, part) => sum + (isBelievable(part) ? part : 0), 0)
  const more = told - most.input - most.output
  if (more <= 0) return most
  const costUsd = most.costUsd > 0 ? most.costUsd + costOf({input: more, output: 0}, prices) : 0
  return {...most, input: most.input + more, costUsd}
}

function isBelievable(amount: number | null): amount is number {
  return amount !== null && amount >= 0 && amount <= MOST_BELIEVED
}

/** Why a claim isn't believed; null when it may be true. */
function doubtOf(claimed: ClaimedUsage | null, {input: sent}: Reserved): string | null {
  if (claimed === null) return 'no usage was reported'
  const {input, output, cacheRead, cacheWrite, cacheWriteHour, costUsd} = claimed
  if (input === null || output === null) return 'its usage was reported in part'
  const amounts = [input, output, cacheRead, cacheWrite, cacheWriteHour, costUsd ?? 0]
  if (!amounts.every(isBelievable)) {
    return 'its usage was reported as what is no amount'
  }
  const read = input + cacheRead + cacheWrite
  const least = Math.max(1, ((sent ?? 0) - FRAME_BYTES) / MOST_BYTES_A_TOKEN)
  return read < least ? `it reported ${read} tokens of input for up to ${sent ?? 'some'}` : null
}

/** An engine's own figure counts where it is higher: it may have asked others, which our prices don't know. */
function costFor(
  tokens: Parameters<typeof exactCostOf>[0],
  {claimed, reserved, prices}: {claimed: ClaimedUsage; reserved: Reserved; prices: Prices | null},
): number {
  if (reserved.billing === 'subscription') return 0
  if (prices) return Math.max(exactCostOf(tokens, prices), claimed.costUsd ?? 0)
  return claimed.costUsd ?? reserved.usd
}

function callsOf(claimed: ClaimedUsage | null): number {
  const calls = claimed?.modelCalls ?? 1
  return Number.isSafeInteger(calls) && calls > 0 ? calls : 1
}
