import {type ChildProcess, spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {Beats} from '../src/app/up/beats.js'
import type {BeatDone} from '../src/app/up/run-beat.js'
import {fixedClock} from '../src/kit/clock.js'
import type {Bench, Figure} from './bench.js'
import {MCOS} from './built.js'
import {type BenchFleet, BUSY_HEARTBEAT, heartbeatOf, makeFleet} from './fleet.js'
import type {Stopwatch} from './stopwatch.js'

const DAY = Date.parse('2026-11-21T00:00:00Z')
const HALF_HOUR = 1_800_000
const MINUTE = 60_000
const AGENTS = 50

/** What keeps a fleet beating for a day must not grow with it: neither by its own beats, nor as the process a person starts. */
export const bench: Bench = {
  what: 'mcos up over a day of agents: a tick a minute, a beat each half hour, a message now and then',
  async run({isShort, stopwatch, say}) {
    const [agents, minutes] = isShort ? [10, 6 * 60] : [AGENTS, 24 * 60]
    const fleet = makeFleet({agents, heartbeat: BUSY_HEARTBEAT, isRehearsal: true})
    try {
      say('a simulated day')
      const day = await simulate(fleet, {minutes, stopwatch})
      say('a real one, a beat a second')
      const real = await runReal(fleet, isShort ? 12 : 120)
      const figures: Figure[] = [
        ratio(
          'heap at the end of the day / after its first quarter',
          day.heap.at(-1),
          day.heap[day.heap.length >> 2],
          1.1,
        ),
        exactly('slots without a beat', minutes / 30 - day.beats),
        exactly('messages that woke nobody', day.sent - day.wakes),
        ratio(
          'resident memory of a real one at its end / after its first seconds',
          real.at(-1),
          real[real.length >> 2],
          1.15,
        ),
        {what: 'resident memory of a real one', value: real.at(-1) ?? 0, unit: 'MB', atMost: 150, note: 'VmRSS'},
      ]
      return {figures, raw: {agents, minutes, heapKb: day.heap, residentMb: real}, missing: []}
    } finally {
      fleet.remove()
    }
  },
}

interface Day {
  /** Kilobytes after each hour, with the garbage collected. */
  readonly heap: readonly number[]
  readonly beats: number
  readonly wakes: number
  readonly sent: number
}

/** Real beats in processes of their own at simulated times; the ticks are this loop's. */
async function simulate(
  fleet: BenchFleet,
  {minutes, stopwatch}: {readonly minutes: number; readonly stopwatch: Stopwatch},
): Promise<Day> {
  const clock = fixedClock(new Date(DAY).toISOString())
  let turn: Promise<unknown> = Promise.resolve()
  const beat = async (agents: readonly string[] | null): Promise<BeatDone> => {
    const at = new Date(clock.now()).toISOString()
    // The stopwatch starts one program after the other.
    turn = turn.then(() => stopwatch.time(heartbeatOf(fleet, ...(agents ?? ['--all']), '--at', at, '--json')))
    await turn
    return {exit: 0, agents: [], trouble: null, notes: []}
  }
  const beats = new Beats({
    clock,
    slotOf: (now) => Math.floor(now / HALF_HOUR),
    agents: null,
    isStopped: () => false,
    isResting: () => false,
    isBusy: () => false,
    beat,
    tell: () => undefined,
    gatherMs: 0,
    retryMs: 0,
  })
  const heap: number[] = []
  let sent = 0
  for (let minute = 0; minute < minutes; minute++) {
    beats.tick()
    if (minute % 60 === 10) {
      const to = fleet.agents[sent++ % fleet.agents.length] ?? ''
      fleet.send(to, `Message ${sent}`, clock.now())
      beats.wake(to)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await beats.settled()
    clock.advance(MINUTE)
    if (minute % 60 === 59) heap.push(heapKb())
  }
  await beats.end()
  return {heap, ...beats.counts, sent}
}

/** Megabytes that a real `mcos up` holds, second by second. */
async function runReal(fleet: BenchFleet, seconds: number): Promise<number[]> {
  const [node = '', ...args] = MCOS
  const child = spawn(node, [...args, 'up', '--every', '1s'], {
    cwd: fleet.dir,
    env: {PATH: process.env['PATH'] ?? '', HOME: fleet.dir},
    stdio: 'ignore',
  })
  const held: number[] = []
  for (let second = 0; second < seconds; second++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    held.push(residentMb(child))
  }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
  return held
}

function residentMb({pid}: ChildProcess): number {
  const [, kb = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kb) / 102.4) / 10
}

function heapKb(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  return Math.round(process.memoryUsage().heapUsed / 1024)
}

function ratio(what: string, end = 0, start = 1, atMost: number): Figure {
  return {what, value: Math.round((end / start) * 1000) / 1000, unit: '×', atMost, note: `${end} against ${start}`}
}

function exactly(what: string, value: number): Figure {
  return {what, value, unit: '', atMost: 0, note: 'exactly', isExact: true}
}
