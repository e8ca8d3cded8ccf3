import type {Soul} from '../workspace/soul.js'

/**
 * Where an agent stands in its life. `parked`: laid up by a person; `busy`: a process works for it now; `dead`: it should
 * stir and doesn't; `warm`: it has just worked, or is kept ready; `idle`: it waits for its next beat.
 */
export type LifecycleState = 'warm' | 'busy' | 'idle' | 'parked' | 'dead'

/** All that decides it; nothing of it is a guess about a terminal or a process list. Times are milliseconds. */
export interface LifecycleFacts {
  readonly now: number
  readonly isParked: boolean
  /** Whether it runs on another machine, of which this one sees only what was committed. */
  readonly isElsewhere: boolean
  readonly policy: Soul['warm']
  readonly lock: LockFacts | null
  /** When its last beat or turn ended; null: it never had one. */
  readonly lastBeat: number | null
  /** The earliest moment its calendar asks for; null: it has none, and every beat looks. */
  readonly nextDue: number | null
  /** The longest a turn may take with the longest time-out any of its tools and engines declares. */
  readonly longestTurnMs: number
}

export interface LockFacts {
  readonly since: number
  /** Whether its process is gone, or has let its lease run out. */
  readonly isStale: boolean
}

/** So long after a turn a provider still knows the beginning of the context. */
export const WARM_MS = 5 * 60_000

/** So late may a beat be before nobody believes any more that one will come: two hourly ones, and some. */
export const LATE_MS = 150 * 60_000

export function lifecycleOf(facts: LifecycleFacts): LifecycleState {
  const {now, isParked, isElsewhere, policy, lock, lastBeat, longestTurnMs} = facts
  if (isParked) return 'parked'
  if (lock !== null) return lock.isStale || now - lock.since > longestTurnMs ? 'dead' : 'busy'
  if (!isElsewhere && isLate(facts)) return 'dead'
  if (lastBeat === null) return 'idle'
  return policy === 'always' || now - lastBeat <= WARM_MS ? 'warm' : 'idle'
}

/** On demand nothing is ever late; `scheduled` follows its calendar, `always` a beat every hour or two. */
function isLate({now, policy, lastBeat, nextDue}: LifecycleFacts): boolean {
  // Who has never had a beat has not been put on a schedule yet.
  if (policy === 'on-demand' || lastBeat === null) return false
  const expected = policy === 'always' ? lastBeat : nextDue
  return expected !== null && now - expected > LATE_MS
}

/** What decides the one word that people read of an agent. */
export interface StateFacts {
  readonly state: LifecycleState
  readonly stopped: boolean
  /** The machine it runs on where that is another one. */
  readonly elsewhere: string | null
  readonly error: string | null
  readonly last_beat: string | null
}

/** What keeps it from working comes first. */
export function stateWord({stopped, state, elsewhere, error, last_beat}: StateFacts): string {
  if (stopped) return 'stopped'
  if (state === 'parked' || state === 'busy') return state
  if (error !== null) return 'failed'
  if (elsewhere !== null) return `on ${elsewhere}`
  return last_beat === null && state === 'idle' ? 'new' : state
}
