import {isRecord} from '../../kit/is-record.js'
import type {ClaimedUsage} from '../engine.js'
import {claimed, claimedPart} from '../http/claimed.js'

/**
 * What a server says of one answer. Cached tokens are inside `prompt_tokens`, and are taken out here; DeepSeek gives the
 * same as hit and miss. Some leave what was thought out of `completion_tokens` and have it in the total: the larger counts.
 */
export function usageOf(usage: unknown): ClaimedUsage | null {
  if (!isRecord(usage)) return null
  const details = isRecord(usage['prompt_tokens_details']) ? usage['prompt_tokens_details'] : {}
  const cached = claimedPart(details['cached_tokens'] ?? usage['prompt_cache_hit_tokens'])
  const prompt = claimed(usage['prompt_tokens'])
  const input = prompt === null || cached === null || cached > prompt ? null : prompt - cached
  const output = outputOf(prompt, claimed(usage['completion_tokens']), usage['total_tokens'])
  if (input === null && output === null) return null
  const cacheRead = input === null ? 0 : (cached ?? 0)
  return {input, output, cacheRead, cacheWrite: 0, cacheWriteHour: 0, costUsd: null, modelCalls: 1}
}

function outputOf(prompt: number | null, completion: number | null, total: unknown): number | null {
  const sum = claimed(total)
  if (completion === null || prompt === null || sum === null) return completion
  return Math.max(completion, sum - prompt)
}

/** A text has hardly ever more bytes a token than this, in any script. */
const MOST_BYTES_A_TOKEN = 8

/** Below this many bytes a difference proves nothing. */
const TOO_SMALL_TO_TELL = 8_192

/**
 * Says so when a server claims to have read much less than it was sent: Ollama cuts what doesn't fit its context without
 * a word, and it is the beginning that goes.
 */
export function truncationNote(sentBytes: number, claims: ClaimedUsage | null): string | null {
  if (claims === null || claims.input === null || sentBytes < TOO_SMALL_TO_TELL) return null
  const read = claims.input + claims.cacheRead
  const least = Math.floor(sentBytes / MOST_BYTES_A_TOKEN)
  if (read >= least) return null
  return `the server read ${read} tokens of what are at least ${least}: its own context is probably too small, and the beginning was cut`
}
