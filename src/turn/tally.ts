import {NO_USAGE, type Usage} from '../engines/engine.js'
import type {AsideNote} from './turn-plan.js'

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
