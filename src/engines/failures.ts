import type {StopReason} from './engine.js'

/** What follows when an engine gave no answer. */
export interface Consequence {
  /** How often it is asked in all. */
  readonly tries: 1 | 2
  /** Whether every process of this machine leaves it alone for a while. */
  readonly backsOff: boolean
  /** Until when it isn't asked at all on this machine: its key or its config changes, or the next day begins. */
  readonly putsAside: 'until-changed' | 'until-tomorrow' | null
  /** Once the tries are over: the next engine, a turn that fails, a context that is flushed and rebuilt once, the end. */
  readonly then: 'next' | 'fail' | 'rebuild-once' | 'end'
}

/** The table of docs/engines.md; each reason has one row there. */
export const CONSEQUENCES: Readonly<Record<StopReason, Consequence>> = {
  overloaded: follow('next', {tries: 2, backsOff: true}),
  unreachable: follow('next', {tries: 2, backsOff: true}),
  silent: follow('next', {tries: 2}),
  cut: follow('next', {tries: 2}),
  unauthorized: follow('next', {putsAside: 'until-changed'}),
  spent: follow('next', {putsAside: 'until-tomorrow'}),
  invalid: follow('fail', {}),
  'too-long': follow('rebuild-once', {}),
  interrupted: follow('end', {}),
}

function follow(then: Consequence['then'], rest: Partial<Consequence>): Consequence {
  return {tries: 1, backsOff: false, putsAside: null, ...rest, then}
}
