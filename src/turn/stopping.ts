import {readStop} from '../guard/stop.js'
import {watchStop} from '../guard/stop-watch.js'
import type {TurnInput} from './turn-input.js'
import type {TurnPlan} from './turn-plan.js'

type Ended = {readonly end: 'stopped' | 'interrupted'; readonly detail: string}

/** How long what is to end may take for it; then it isn't waited for any longer. */
const PATIENCE_MS = 1_500

/** Why nothing more may be begun in this turn; null: it goes on. Asked before every effect. */
export function whyOver({signal, fleet, agent}: Pick<TurnInput, 'signal' | 'fleet' | 'agent'>): Ended | null {
  // A stop is why a signal has fired as often as not, so it is looked for first.
  if (readStop(fleet.mcos, agent.name)) return {end: 'stopped', detail: 'mcos stop holds everything'}
  return signal.aborted ? {end: 'interrupted', detail: 'the turn was interrupted'} : null
}

/** The same turn, whose programs, model calls and waits end with a stop as they do with an interruption. */
export async function underStop<T>(input: TurnInput, take: (input: TurnInput) => Promise<T>): Promise<T> {
  const watch = watchStop(input.fleet.mcos, input.agent.name, input.signal)
  const {signal} = watch
  try {
    return await take({...input, signal, sleep: (ms) => input.sleep(ms, signal)})
  } finally {
    watch.close()
  }
}

/** The last look before a turn is committed: what was planned and not done yet stays undone. */
export function unlessStopped(plan: TurnPlan, {fleet, agent}: Pick<TurnInput, 'fleet' | 'agent'>): TurnPlan {
  if (plan.end === 'stopped' || readStop(fleet.mcos, agent.name) === null) return plan
  return {...plan, end: 'stopped', changes: [], lines: [], answered: [], messages: []}
}

/** Waits for work that may not heed the signal itself; null: it was given up, and whatever it still says is unheard. */
export async function untilOver<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  // A turn waits many times on one signal: each takes its own listener away again.
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const givenUp = new Promise<null>((resolve) => {
    const begin = (): void => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS)
    }
    if (signal.aborted) begin()
    else signal.addEventListener('abort', begin, {once: true, signal: over.signal})
  })
  try {
    return await Promise.race([work, givenUp])
  } finally {
    over.abort()
    clearTimeout(timer)
    // Nobody listens any more to what was given up.
    work.catch(() => undefined)
  }
}
