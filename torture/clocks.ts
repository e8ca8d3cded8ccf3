import type {Cadence, Check, Missed} from '../src/schedule/check.js'
import {judgeDue} from '../src/schedule/due.js'
import {formatCadence} from '../src/schedule/format.js'
import {rememberRun} from '../src/schedule/run-memory.js'
import {slotsOf} from '../src/schedule/slots.js'
import {type Dice, dice} from './dice.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** As far as the judge counts. */
const MOST_COUNTED = 1000
const ZONES = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Johannesburg']
const TIMES = ['00:00', '01:30', '02:00', '02:15', '02:30', '03:00', '08:00', '12:00', '18:00', '23:50']
const CADENCES: readonly ((chance: Dice) => Cadence)[] = [
  () => ({kind: 'daily', times: []}),
  (chance) => ({kind: 'daily', times: [...new Set([chance.pick(TIMES), chance.pick(TIMES)])].sort()}),
  (chance) => ({kind: 'part-of-day', part: chance.pick(['morning', 'evening'])}),
  (chance) => ({kind: 'times-a-day', count: 1 + chance.below(6)}),
  (chance) => ({
    kind: 'weekly',
    days: chance.pick([[], ['mon'], ['sun'], ['sat', 'sun']]),
    times: [chance.pick(TIMES)],
  }),
  (chance) => ({kind: 'monthly', days: [chance.pick([1, 8, 25, 29, 31])], times: [chance.pick(TIMES)]}),
  (chance) => ({kind: 'cron', expression: chance.pick(['30 2 * * *', '0 9 * * 1-5', '15 */6 * * *', '0 0 1 * *'])}),
]
/** Days around which something happens to clocks: both changes in several zones, new year, the end of 32 bits. */
const STARTS = [
  '2026-03-05',
  '2026-03-26',
  '2026-04-02',
  '2026-10-01',
  '2026-10-22',
  '2026-10-30',
  '2026-12-29',
  '2038-01-17',
]
const JUMPS = [0, 0, HOUR_MS, -HOUR_MS, 366 * DAY_MS, -366 * DAY_MS]

/** A machine whose clock is wrong for a while, and what its heartbeats did. */
interface Scenario {
  check: Check
  zone: string
  start: number
  days: number
  beatMs: number
  jump: number
  jumpFrom: number
  jumpTo: number
}

/** Each round runs one check through days of beats on a clock that jumps; wrong is a slot run twice or lost untold. */
export async function run({rounds, seed}: TortureOptions): Promise<TortureReport> {
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const counts = {scenarios: rounds, beats: 0, slots: 0, runs: 0, told: 0}
  for (let round = 0; round < rounds; round++) {
    const found = simulate(scenario(chance), wrongs)
    counts.beats += found.beats
    counts.slots += found.slots
    counts.runs += found.runs
    counts.told += found.told
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

function scenario(chance: Dice): Scenario {
  const start = Date.parse(`${chance.pick(STARTS)}T00:00Z`) + chance.below(48) * HOUR_MS
  const jumpFrom = start + (1 + chance.below(5)) * DAY_MS + chance.below(24) * HOUR_MS
  return {
    check: checkOf(
      chance.pick(CADENCES)(chance),
      chance.pick<Missed>(['run-once', 'run-once', 'skip', {withinMs: 30 * MINUTE_MS}]),
    ),
    zone: chance.pick(ZONES),
    start,
    days: 14,
    beatMs: (5 + chance.below(26)) * MINUTE_MS,
    jump: chance.pick(JUMPS),
    jumpFrom,
    jumpTo: jumpFrom + (1 + chance.below(40)) * HOUR_MS,
  }
}

interface Found {
  beats: number
  slots: number
  runs: number
  told: number
}

function simulate(scene: Scenario, wrongs: Wrongs): Found {
  const {check, zone, start} = scene
  const slots = slotsOf(check.cadence, zone)
  const found: Found = {beats: 0, slots: 0, runs: 0, told: 0}
  if (!slots) return found
  const ran = new Set<number>()
  // a stretch of the clock for which the judge has spoken: by a run, by a mark, or by saying that slots were missed
  const settled: [from: number, to: number][] = []
  const name = `${formatCadence(check.cadence)} ${zone} ${JSON.stringify({...scene, check: check.missed})}`
  let memory: {lastRun: number | null; ahead: number | null} = {lastRun: null, ahead: null}
  for (let real = start; real < start + scene.days * DAY_MS; real += scene.beatMs) {
    const now = real >= scene.jumpFrom && real < scene.jumpTo ? real + scene.jump : real
    const due = judgeDue(check, {...memory, now, zone, isForced: false})
    found.beats++
    wrongs.insist(due.nextDue === null || due.nextDue > now, `next is not after now: ${name} at ${iso(now)}`)
    const at = due.due ? now : due.mark
    if (due.due) {
      const slot = slots.atOrBefore(now) ?? 0
      found.runs++
      wrongs.insist(!ran.has(slot), `twice: ${iso(slot)} at ${iso(now)}, ${name}`)
      ran.add(slot)
    }
    found.told += due.missed
    if (memory.lastRun !== null && memory.ahead === null && memory.lastRun <= now && (due.due || due.missed > 0)) {
      const passed = countSlots(slots, memory.lastRun, now)
      const said = due.missed + (due.due ? 1 : 0)
      wrongs.insist(said === passed || passed >= MOST_COUNTED, `${passed} passed, ${said} told: ${name} at ${iso(now)}`)
    }
    if (at !== null) {
      settled.push([Math.min(memory.lastRun ?? at, at), at])
      memory = rememberRun(memory, at)
    }
  }
  judgeLost(scene, {slots, ran, settled, wrongs, name, found})
  return found
}

interface Traces {
  slots: NonNullable<ReturnType<typeof slotsOf>>
  ran: ReadonlySet<number>
  settled: readonly [number, number][]
  wrongs: Wrongs
  name: string
  found: Found
}

/** With a true clock every slot that a beat could meet has run, or lies in a stretch that was spoken of. */
function judgeLost({start, days, beatMs, jump}: Scenario, {slots, ran, settled, wrongs, name, found}: Traces): void {
  const end = start + days * DAY_MS - beatMs
  for (let slot = slots.after(start); slot !== null && slot <= end; slot = slots.after(slot)) {
    found.slots++
    const isSettled = ran.has(slot) || settled.some(([from, to]) => slot !== null && slot > from && slot <= to)
    wrongs.insist(isSettled, `lost: ${iso(slot)}, ${name}`)
    if (jump === 0) wrongs.insist(ran.has(slot) || isGone(slot, slots, beatMs), `not run: ${iso(slot)}, ${name}`)
  }
}

/** Two slots between two beats are one run: the earlier is told as missed. */
function isGone(slot: number, slots: Traces['slots'], beatMs: number): boolean {
  const next = slots.after(slot)
  return next !== null && next - slot < beatMs
}

function countSlots(slots: Traces['slots'], from: number, to: number): number {
  let count = 0
  for (let slot = slots.after(from); slot !== null && slot <= to && count < MOST_COUNTED; slot = slots.after(slot))
    count++
  return count
}

function checkOf(cadence: Cadence, missed: Missed): Check {
  return {
    id: 'work',
    title: 'Work',
    line: 1,
    kind: 'check',
    cadence,
    cadenceLine: 1,
    guess: null,
    off: false,
    prose: '',
    probes: [],
    recover: null,
    timeoutMs: null,
    missed,
    zone: null,
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

export const torture: Torture = {
  what: 'clocks that jump by an hour or a year, both changes of summer time, 2038',
  shortRounds: 100,
  longRounds: 2_000,
  run,
}
