import {afterEach, describe, expect, test, vi} from 'vitest'
import {fixedClock} from '../../kit/clock.js'
import {NO_TOKENS} from '../../workspace/receipt.js'
import {Beats} from './beats.js'
import type {BeatDone} from './run-beat.js'
import type {AgentBeat, UpEvent} from './up-event.js'

const HALF_HOUR = 1_800_000

afterEach(() => vi.useRealTimers())

function agent(name: string, more: Partial<AgentBeat> = {}): AgentBeat {
  return {
    agent: name,
    state: 'idle',
    reason: 'no news',
    turn: 't_1',
    commit: null,
    engine: null,
    model_calls: 0,
    tokens: NO_TOKENS,
    cost_usd: 0,
    error: null,
    ...more,
  }
}

/** Beats that end when they are told to, at a clock that is moved by hand. */
function open({agents = null as readonly string[] | null} = {}) {
  vi.useFakeTimers()
  const clock = fixedClock('2026-11-21T08:10:00Z')
  const events: UpEvent[] = []
  const asked: (readonly string[] | null)[] = []
  const ends: ((done?: Partial<BeatDone>) => Promise<void>)[] = []
  const here = {stopped: false, resting: new Set<string>(), busy: new Set<string>()}
  const beats = new Beats({
    clock,
    slotOf: (now) => Math.floor(now / HALF_HOUR),
    agents,
    isStopped: () => here.stopped,
    isResting: (name) => here.resting.has(name),
    isBusy: (name) => here.busy.has(name),
    beat: (wanted) => {
      asked.push(wanted)
      return new Promise((resolve) => {
        ends.push(async (done = {}) => {
          resolve({exit: 0, agents: [], trouble: null, notes: [], ...done})
          await vi.advanceTimersByTimeAsync(0)
        })
      })
    },
    tell: (event) => events.push(event),
    gatherMs: 100,
    retryMs: 1_000,
  })
  return {beats, clock, events, asked, ends, here, kinds: () => events.map(({kind}) => kind)}
}

describe('slots', () => {
  test('bring one beat each, the first at the start, and ticks in between none', async () => {
    const {beats, clock, asked, ends, events} = open()
    for (let minute = 0; minute < 90; minute++) {
      beats.tick()
      await ends.shift()?.()
      clock.advance(60_000)
    }
    expect(asked).toEqual([null, null, null, null])
    expect(
      events.flatMap((event) => (event.kind === 'beat' ? [[event.occasion, event.at.slice(11, 16)]] : [])),
    ).toEqual([
      ['start', '08:10'],
      ['slot', '08:30'],
      ['slot', '09:00'],
      ['slot', '09:30'],
    ])
  })

  test('that a sleeping machine has missed are caught up with one beat, and so is a clock that was put back', async () => {
    const {beats, clock, asked, ends} = open()
    beats.tick()
    await ends.shift()?.()
    for (const jump of [86_400_000, -3 * 86_400_000]) {
      clock.advance(jump)
      beats.tick()
      await ends.shift()?.()
      beats.tick()
    }
    expect(asked).toHaveLength(3)
  })

  test('never overlap: what comes while a beat runs is one beat after it', async () => {
    const {beats, clock, asked, ends} = open()
    beats.tick()
    for (let slot = 0; slot < 5; slot++) {
      clock.advance(HALF_HOUR)
      beats.tick()
    }
    expect(asked).toHaveLength(1)
    await ends.shift()?.()
    expect(asked).toHaveLength(2)
    await ends.shift()?.()
    expect(asked).toHaveLength(2)
  })
})

describe('what lands', () => {
  test('within a moment is one beat, of these agents alone, also beside a beat of the whole machine', async () => {
    const {beats, asked} = open()
    beats.tick()
    for (const name of ['donna', 'flow', 'donna']) beats.wake(name)
    await vi.advanceTimersByTimeAsync(100)
    expect(asked).toEqual([null, ['donna', 'flow']])
  })

  test('for an agent that is at work is looked at once it is done, and in the same way when another process was faster', async () => {
    const {beats, asked, ends, here} = open()
    here.busy.add('donna')
    beats.wake('donna')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toEqual([])
    here.busy.clear()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([['donna']])
    beats.wake('donna')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(asked).toHaveLength(1)
    await ends.shift()?.({agents: [agent('donna', {state: 'skipped', reason: 'busy'})]})
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([['donna'], ['donna']])
  })

  test('for one who rests, or who is not of those that were named, brings no beat', async () => {
    const {beats, asked, here} = open({agents: ['donna', 'flow']})
    here.resting.add('flow')
    beats.wake('flow')
    beats.wake('gene')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual([])
    beats.tick()
    expect(asked).toEqual([['donna', 'flow']])
  })
})

describe('a stop', () => {
  test('is told once and holds every beat, and its end is noticed with one beat for all that was missed', async () => {
    const {beats, clock, asked, ends, here, kinds} = open()
    beats.tick()
    await ends.shift()?.()
    here.stopped = true
    beats.wake('donna')
    for (let minute = 0; minute < 120; minute++) {
      beats.tick()
      await vi.advanceTimersByTimeAsync(60_000)
      clock.advance(60_000)
    }
    expect([asked.length, kinds()]).toEqual([1, ['beat', 'stopped']])
    here.stopped = false
    beats.tick()
    expect(kinds()).toEqual(['beat', 'stopped', 'resumed'])
    expect(asked).toEqual([null, null, ['donna']])
  })

  test('at the start is told too, and what is lifted brings the first beat', async () => {
    const {beats, asked, here, kinds} = open()
    here.stopped = true
    beats.tick()
    beats.tick()
    here.stopped = false
    beats.tick()
    expect([kinds(), asked]).toEqual([['stopped', 'resumed'], [null]])
  })
})

describe('a beat that breaks', () => {
  test('is told once until it is something else or well again, and the next slot beats all the same', async () => {
    const {beats, clock, ends, events} = open()
    for (const trouble of ['mcos.yaml: line 2', 'mcos.yaml: line 2', 'killed', null, 'killed']) {
      beats.tick()
      await ends.shift()?.({exit: trouble === null ? 0 : 2, trouble})
      clock.advance(HALF_HOUR)
    }
    expect(events.flatMap((event) => (event.kind === 'trouble' ? [event.message] : []))).toEqual([
      'mcos.yaml: line 2',
      'killed',
      'killed',
    ])
    expect(beats.counts).toEqual({beats: 5, wakes: 0})
  })

  test('after the end nothing begins, and what ran is waited for and not told', async () => {
    const {beats, asked, ends, events} = open()
    beats.tick()
    beats.wake('donna')
    const end = beats.end()
    await vi.advanceTimersByTimeAsync(10_000)
    beats.tick()
    beats.wake('donna')
    await ends.shift()?.()
    await end
    expect([asked.length, events]).toEqual([1, []])
  })
})

test('a day of ticks leaves nothing behind', async () => {
  const {beats, clock, asked, ends, here} = open()
  for (let second = 0; second < 86_400; second += 10) {
    beats.tick()
    if (second % 600 === 0) beats.wake(`agent-${second % 50}`)
    if (second % 4_000 === 0) here.busy.add(`agent-${second % 50}`)
    else here.busy.clear()
    await vi.advanceTimersByTimeAsync(10_000)
    for (const end of ends.splice(0)) await end()
    clock.advance(10_000)
  }
  expect(asked.filter((wanted) => wanted === null)).toHaveLength(49)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(vi.getTimerCount()).toBe(0)
})
