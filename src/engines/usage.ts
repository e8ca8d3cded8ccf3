import {type ClaimedUsage, NO_USAGE, type Usage} from './engine.js'

/** What a request surely didn't use: it never left this machine. */
export const NOTHING_CLAIMED: ClaimedUsage = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWriteHour: 0,
  costUsd: 0,
  modelCalls: 0,
}

/** All that several replies, or several turns, used together. */
export function sumUsage(usages: readonly Usage[]): Usage {
  return usages.reduce(
    (sum, one) => ({
      input: sum.input + one.input,
      output: sum.output + one.output,
      cacheRead: sum.cacheRead + one.cacheRead,
      cacheWrite: sum.cacheWrite + one.cacheWrite,
      costUsd: sum.costUsd + one.costUsd,
      modelCalls: sum.modelCalls + one.modelCalls,
    }),
    NO_USAGE,
  )
}

/** All tokens count: input, cached, output. */
export function totalTokens({input, output, cacheRead, cacheWrite}: Usage): number {
  return input + output + cacheRead + cacheWrite
}
