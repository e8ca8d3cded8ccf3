import {NO_USAGE, type Usage} from '../engines/engine.js'
import type {AsideNote} from './turn-input.js'

/** What asking engines came to so far in one turn: also those that gave no answer may have cost something. */
export interface Tally {
  usage: Usage
  /** One line for each engine that gave no answer. */
  readonly passed: string[]
  readonly putAside: AsideNote[]
  readonly notes: Set<string>
}

export function newTally(): Tally {
  return {usage: NO_USAGE, passed: [], putAside: [], notes: new Set()}
}

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    costUsd: one.costUsd + other.costUsd,
    modelCalls: one.modelCalls + other.modelCalls,
  }
}

/** All tokens count: input, cached, output. */
export function totalTokens({input, output, cacheRead, cacheWrite}: Usage): number {
  return input + output + cacheRead + cacheWrite
}
