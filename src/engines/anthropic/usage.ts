import {isRecord} from '../../kit/is-record.js'
import type {ClaimedUsage} from '../engine.js'
import {claimed, claimedPart} from '../http/claimed.js'

/**
 * What the API says of one answer, from its fields as they stand at the end: `input_tokens` is what was neither written
 * to nor read from the cache. One unbelievable part of the input makes all of it unknown.
 */
export function usageOf(fields: unknown): ClaimedUsage | null {
  if (!isRecord(fields)) return null
  const read = claimedPart(fields['cache_read_input_tokens'])
  const written = claimedPart(fields['cache_creation_input_tokens'])
  const split = isRecord(fields['cache_creation']) ? fields['cache_creation'] : {}
  const hour = claimedPart(split['ephemeral_1h_input_tokens'])
  const isBelievable = read !== null && written !== null && hour !== null && hour <= written
  const input = isBelievable ? claimed(fields['input_tokens']) : null
  const output = claimed(fields['output_tokens'])
  if (input === null && output === null) return null
  return {
    input,
    output,
    cacheRead: read ?? 0,
    cacheWrite: written ?? 0,
    cacheWriteHour: isBelievable ? hour : 0,
    costUsd: null,
    modelCalls: 1,
  }
}
