import {wallTime} from '../kit/zone.js'
import type {Check, Missed} from './check.js'
import {formatDuration} from './duration.js'
import type {RunMemory} from './run-memory.js'
import {type Slots, slotsOf} from './slots.js'

export interface DueFacts extends RunMemory {
  readonly now: number
  /** The fleet's zone; a check's own comes first. */
  readonly zone: string
  readonly isForced: boolean
}

/** Whether a check's time has come, and what to tell about it. */
export interface Due {
  readonly due: boolean
  /** In the range between its bounds: it runs along when a turn happens anyway. */
  readonly joins: boolean
  /** One short sentence for a person. */
  readonly why: string
  /** Always after `now`; null when no moment can be named. */
  readonly nextDue: number | null
  /**
   * Not null: remember this as if it had run then (`rememberRun`), although nothing ran: the moment from which
   * it counts, at first sight, after a slot that was let go and after a clock set back by more than a day.
   */
  readonly mark: number | null
  /** How many earlier slots were let go without a run of their own; 1,000 means at least so many. */
  readonly missed: number
}

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
/** `missed=skip` still takes a slot that a beat meets within this time. */
const SKIP_AFTER_MS = 60 * MINUTE_MS
/** Cron's own jitter must not make "every 30m" wait for the beat after the next. */
const JITTER_MS = 30_000
const MOST_COUNTED = 1000

/** Whether a check is due now; a slot runs once however often the clock passes it. */
export function judgeDue(check: Check, facts: DueFacts): Due {
  if (check.kind !== 'check') return still(`it is ${check.kind}, read as context`, null)
  if (check.off || check.cadence.kind === 'off') return still('it is switched off', null)
  const {cadence} = check
  if (cadence.kind === 'every-beat') return dueNow('due at every beat', null)
  const zone = check.zone ?? facts.zone
  const slots = slotsOf(cadence, zone)
  if (facts.isForced) return dueNow('forced', slots ? slots.after(facts.now) : facts.now + upperMs(check))
  return slots ? judgeSlots(slots, {...facts, zone, missed: check.missed}) : judgeInterval(check, facts)
}

function judgeInterval(check: Check, {now, lastRun}: DueFacts): Due {
  const {cadence} = check
  if (cadence.kind !== 'every') throw new Error(`No rule for the cadence ${cadence.kind}`)
  const next = now + cadence.toMs
  if (lastRun === null) return dueNow('due: never run here', next)
  if (lastRun > now) return dueNow('due: the clock was set back since its last run', next)
  const jitter = (ms: number) => ms - Math.min(JITTER_MS, ms / 20)
  const since = now - lastRun
  if (since >= jitter(cadence.toMs)) return dueNow(`due: ${formatDuration(cadence.toMs)} have passed`, next)
  const joins = cadence.fromMs < cadence.toMs && since >= jitter(cadence.fromMs)
  const why = joins
    ? `joins a turn: ${formatDuration(cadence.fromMs)} have passed`
    : `due again in ${formatDuration(lastRun + cadence.toMs - now)}`
  return {...still(why, lastRun + cadence.toMs), joins}
}

interface SlotFacts extends DueFacts {
  readonly missed: Missed
}

function judgeSlots(slots: Slots, facts: SlotFacts): Due {
  const {now, lastRun, ahead, zone} = facts
  const slot = slots.atOrBefore(now)
  const next = slots.after(now)
  if (lastRun === null && typeof ahead !== 'number') {
    if (slot !== null && isSameDay(slot, now, zone)) return late(slot, {...facts, next, earlier: 0})
    return {...still(nextAt(next, now, zone), next), mark: now}
  }
  const known = [lastRun, ahead].filter((run) => typeof run === 'number') as number[]
  // A run up to a day ahead is waited for, so that no slot runs twice; one further away can't be a run of this clock.
  const believable = known.filter((run) => run <= now + DAY_MS)
  if (believable.length === 0) {
    const days = Math.round((Math.min(...known) - now) / DAY_MS)
    return {...still(`the clock was set back by ${days} days: counted from now on`, next), mark: now}
  }
  const base = Math.max(...believable)
  if (base > now) {
    const after = slots.after(base)
    return still(
      `the clock was set back: ${label(base, now, zone)} has already run, ${nextAt(after, now, zone)}`,
      after,
    )
  }
  if (slot === null || slot <= base) return still(nextAt(next, now, zone), next)
  return late(slot, {...facts, next, earlier: countBetween(slots, base, slot)})
}

function late(slot: number, facts: SlotFacts & {next: number | null; earlier: number}): Due {
  const {now, zone, missed, next, earlier} = facts
  const limit = missed === 'run-once' ? Number.POSITIVE_INFINITY : missed === 'skip' ? SKIP_AFTER_MS : missed.withinMs
  const at = label(slot, now, zone)
  if (now - slot > limit) {
    const why = `${at} was missed by ${formatDuration(now - slot)} and let go, ${nextAt(next, now, zone)}`
    return {...still(why, next), mark: now, missed: earlier + 1}
  }
  const more = earlier > 0 ? `, ${earlier} earlier ${earlier === 1 ? 'one was' : 'ones were'} missed` : ''
  return {...dueNow(`due: ${at} has come${more}`, next), missed: earlier}
}

/** Slots after `from` and before `to`. */
function countBetween(slots: Slots, from: number, to: number): number {
  let count = 0
  let slot = slots.after(from)
  while (slot !== null && slot < to && count < MOST_COUNTED) {
    count++
    slot = slots.after(slot)
  }
  return count
}

function upperMs({cadence}: Check): number {
  return cadence.kind === 'every' ? cadence.toMs : 0
}

function dueNow(why: string, nextDue: number | null): Due {
  return {due: true, joins: false, why, nextDue, mark: null, missed: 0}
}

function still(why: string, nextDue: number | null): Due {
  return {due: false, joins: false, why, nextDue, mark: null, missed: 0}
}

function isSameDay(one: number, other: number, zone: string): boolean {
  const [a, b] = [wallTime(one, zone), wallTime(other, zone)]
  return a.year === b.year && a.month === b.month && a.day === b.day
}

function nextAt(next: number | null, now: number, zone: string): string {
  return next === null ? 'no further moment' : `next at ${label(next, now, zone)}`
}

function label(ms: number, now: number, zone: string): string {
  const {year, month, day, hour, minute} = wallTime(ms, zone)
  const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
  if (isSameDay(ms, now, zone)) return time
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} ${time}`
}
