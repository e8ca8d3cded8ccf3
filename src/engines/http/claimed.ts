import type {ClaimedUsage} from '../engine.js'

/** A number that somebody far away has claimed: finite and not below 0, or null. */
export function claimed(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

/** A part that may be left out: 0 where it is, null where it is there and can't be believed. */
export function claimedPart(value: unknown): number | null {
  return value === undefined || value === null ? 0 : claimed(value)
}

/** Calls that reached a model, and nobody has said what they used. */
export function unknownUsage(modelCalls: number): ClaimedUsage {
  return {input: null, output: null, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0, costUsd: null, modelCalls}
}

/** Both together; what is unknown of one is unknown of both. */
export function addClaims(one: ClaimedUsage, other: ClaimedUsage): ClaimedUsage {
  const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b)
  return {
    input: sum(one.input, other.input),
    output: sum(one.output, other.output),
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    cacheWriteHour: one.cacheWriteHour + other.cacheWriteHour,
    costUsd: sum(one.costUsd, other.costUsd),
    modelCalls: one.modelCalls + other.modelCalls,
  }
}
