import {describe, expect, test} from 'vitest'
import {ceiling, DEMAND, openBudgetScene} from '../../../testing/budget-scene.js'
import type {ClaimedUsage} from '../engine.js'
import {release, reserve, settle} from './budget.js'
import {tighter} from './ceilings.js'
import {closeDays} from './closed-days.js'

const PRICES = {input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5, cacheWriteHour: 4}
const CLAIM: ClaimedUsage = {
  input: 100,
  output: 50,
  cacheRead: 300,
  cacheWrite: 200,
  cacheWriteHour: 0,
  costUsd: null,
  modelCalls: 1,
}
const DAY = '2026-11-21'

describe('a reservation', () => {
  test('holds its worst case until it is settled, and then counts what was used', () => {
    const scene = openBudgetScene().under({fleet: ceiling({tokensPerDay: 1500})})
    const first = scene.take()
    expect(reserve(scene, DEMAND)).toMatchObject({kind: 'spent', whose: 'fleet'})
    const usage = settle(scene, first, CLAIM, PRICES)
    expect(usage).toEqual({input: 100, output: 50, cacheRead: 300, cacheWrite: 200, costUsd: 0.00126, modelCalls: 1})
    expect(scene.book(DAY)?.rows).toEqual([
      {
        agent: 'donna',
        engine: 'claude',
        turns: 1,
        model_calls: 1,
        tokens: {input: 100, output: 50, cache_read: 300, cache_write: 200},
        cost_usd: 0.00126,
      },
    ])
    expect(reserve(scene, {...DEMAND, tokens: 850})).toMatchObject({kind: 'reserved'})
  })

  test('that is released never was', () => {
    const scene = openBudgetScene().under({fleet: ceiling({tokensPerDay: 1000, turnsPerDay: 1})})
    expect(release(scene, scene.take())).toMatchObject({costUsd: 0, modelCalls: 0})
    expect(scene.book(DAY)).toMatchObject({rows: [], turns: [], open: []})
    expect(scene.take({turn: 't_2'})).toMatchObject({kind: 'reserved'})
  })

  test('refused says whose ceiling it is, what is left and what was needed', () => {
    const scene = openBudgetScene()
    settle(scene, scene.take(), null, PRICES)
    const refused = (ceilings: Parameters<typeof scene.under>[0]) => reserve(scene.under(ceilings), DEMAND)
    expect(refused({fleet: ceiling({usdPerDay: 0.75})})).toEqual({
      kind: 'spent',
      whose: 'fleet',
      detail: 'usd_per_day 0.75 of the fleet: $0.25 left, up to $0.50 needed',
    })
    expect(refused({agent: ceiling({tokensPerDay: 1200})})).toEqual({
      kind: 'spent',
      whose: 'agent',
      detail: 'tokens_per_day 1200 of donna: 200 tokens left, up to 1000 tokens needed',
    })
    scene.take({turn: 't_9'})
    const answer = reserve(scene.under({engine: ceiling({turnsPerDay: 2})}), {...DEMAND, turn: 't_3'})
    expect(answer).toEqual({
      kind: 'spent',
      whose: 'engine',
      detail: 'turns_per_day 2 of claude: 0 turns left (1 turn held for calls under way), up to 1 turn needed',
    })
  })

  test('counts for its own agent and its own engine only', () => {
    const scene = openBudgetScene()
    settle(scene, scene.take(), null, PRICES)
    const agent = scene.under({agent: ceiling({tokensPerDay: 1500})})
    expect(reserve(agent, {...DEMAND, agent: 'jarvis'}).kind).toBe('reserved')
    const engine = scene.under({engine: ceiling({tokensPerDay: 1500})})
    expect(reserve(engine, {...DEMAND, engine: 'local'}).kind).toBe('reserved')
    expect(reserve(engine, DEMAND).kind).toBe('spent')
  })

  test('of a call that costs nothing fits under dollars that are all spent', () => {
    const scene = openBudgetScene()
    settle(scene, scene.take(), null, PRICES)
    expect(reserve(scene.under({fleet: ceiling({usdPerDay: 0.1})}), {...DEMAND, usd: 0}).kind).toBe('reserved')
  })

  test('makes no file when nothing is left for it', () => {
    const scene = openBudgetScene()
    expect(reserve(scene.under({fleet: ceiling({tokensPerDay: 10})}), DEMAND).kind).toBe('spent')
    expect(scene.mcos.stat('budget')).toBeNull()
  })
})

describe('turns', () => {
  test('count once, however many calls and engines they take', () => {
    const scene = openBudgetScene()
    const place = scene.under({agent: ceiling({turnsPerDay: 1}), engine: ceiling({turnsPerDay: 1})})
    settle(place, place.take(), CLAIM, PRICES)
    settle(place, place.take(), CLAIM, PRICES)
    settle(place, place.take({engine: 'local'}), CLAIM, PRICES)
    expect(reserve(place, {...DEMAND, turn: 't_2'})).toMatchObject({whose: 'agent'})
    expect(scene.book(DAY)?.rows.map(({engine, turns}) => [engine, turns])).toEqual([
      ['claude', 1],
      ['local', 1],
    ])
    expect(scene.book(DAY)?.turns).toMatchObject([{agent: 'donna', turns: 1}])
  })

  test('of a subscription cost no dollars', () => {
    const scene = openBudgetScene()
    const place = scene.under({fleet: ceiling({usdPerDay: 0}), engine: ceiling({turnsPerDay: 1})})
    const usage = settle(place, place.take({billing: 'subscription'}), {...CLAIM, costUsd: 0.7}, PRICES)
    expect(usage.costUsd).toBe(0)
    expect(reserve(place, {...DEMAND, turn: 't_2', billing: 'subscription'})).toMatchObject({whose: 'engine'})
  })
})

describe('what an engine claims', () => {
  const settled = (claimed: ClaimedUsage | null, demand = {}) => {
    const scene = openBudgetScene()
    return settle(scene, scene.take({tokens: 50_000, input: 40_000, ...demand}), claimed, PRICES)
  }
  const most = {input: 40_000, output: 10_000, cacheRead: 0, cacheWrite: 0, costUsd: 0.5, modelCalls: 1}

  test.each([
    ['nothing', null],
    ['only a part', {...CLAIM, input: 5000, output: null}],
    ['what is no number', {...CLAIM, input: 5000, cacheRead: Number.NaN}],
    ['less than nothing', {...CLAIM, input: 5000, output: -1}],
    ['what no number can count', {...CLAIM, input: 1e300}],
    ['far less than the bytes that were sent', {...CLAIM, input: 10, cacheRead: 0, cacheWrite: 0}],
    ['nothing read at all', {...CLAIM, input: 0, cacheRead: 0, cacheWrite: 0}],
  ])('is counted at its most when it is %s', (_, claimed) => {
    expect(settled(claimed)).toMatchObject({...most, note: expect.stringContaining('counted at its most')})
  })

  test('in part, before its stream was cut, counts where that part alone is more than was reserved', () => {
    expect(settled({...CLAIM, input: 70_000, output: null})).toMatchObject({input: 60_500, output: 10_000})
  })

  test('is believed for a short prompt, and where most was read from a cache', () => {
    expect(settled({...CLAIM, input: 9, cacheRead: 0, cacheWrite: 0}, {input: 1200}).note).toBeUndefined()
    expect(settled({...CLAIM, input: 0, cacheRead: 9000, cacheWrite: 0}).note).toBeUndefined()
  })

  test('is written down as it is, with a note, when it is more than was reserved', () => {
    const usage = settled({...CLAIM, input: 90_000})
    expect(usage).toMatchObject({input: 90_000, note: expect.stringContaining('reported more than was reserved')})
  })

  test('counts in dollars where it is higher than its prices, or has none', () => {
    expect(settled({...CLAIM, input: 5000, costUsd: 0.3}).costUsd).toBe(0.3)
    expect(settled({...CLAIM, input: 5000, costUsd: 0}).costUsd).toBeCloseTo(0.01106, 9)
    const scene = openBudgetScene()
    expect(settle(scene, scene.take(), CLAIM, null).costUsd).toBe(0.5)
  })
})

describe('a process that died', () => {
  test('has spent what it had reserved, once', () => {
    const scene = openBudgetScene()
    scene.take()
    scene.kill(DAY)
    const place = scene.under({fleet: ceiling({tokensPerDay: 2000})})
    expect(place.take({turn: 't_2'}).kind).toBe('reserved')
    expect(reserve(place, DEMAND).kind).toBe('spent')
    expect(scene.book(DAY)?.rows).toMatchObject([{tokens: {input: 800, output: 200}, cost_usd: 0.5, turns: 1}])
    expect(scene.book(DAY)?.open).toHaveLength(1)
  })

  test('and that was not dead after all counts no second time', () => {
    const scene = openBudgetScene()
    const own = scene.take()
    scene.kill(DAY)
    scene.take({turn: 't_2'})
    settle(scene, own, CLAIM, PRICES)
    expect(scene.book(DAY)?.rows).toMatchObject([{tokens: {input: 800, output: 200}}])
  })

  test('on a machine that cannot be seen from here is waited for, and for no more than a day', () => {
    const scene = openBudgetScene()
    scene.take()
    const book = scene.book(DAY)
    const open = book?.open.map((call) => ({...call, holder: {...call.holder, host: 'elsewhere'}}))
    scene.mcos.write(`budget/${DAY}.json`, JSON.stringify({...book, open}))
    scene.clock.set('2026-11-22T09:00:00Z')
    expect(closeDays(scene)).toEqual([])
    scene.clock.set('2026-11-22T11:00:00Z')
    expect(closeDays(scene)).toMatchObject([{day: DAY, rows: [{tokens: {input: 800, output: 200}}]}])
  })
})

describe('days', () => {
  const zones = [
    ['UTC', '2026-11-21T23:59:59Z', '2026-11-22T00:00:00Z', '2026-11-21', '2026-11-22'],
    ['Africa/Johannesburg', '2026-11-21T21:59:59Z', '2026-11-21T22:00:00Z', '2026-11-21', '2026-11-22'],
    ['America/New_York', '2026-03-09T03:59:59Z', '2026-03-09T04:00:00Z', '2026-03-08', '2026-03-09'],
    ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-02T05:00:00Z', '2026-11-01', '2026-11-02'],
  ] as const
  test.each(zones)('end at midnight of %s, also when its clocks change (%s)', (zone, before, after, day, next) => {
    const scene = openBudgetScene({at: before, zone})
    const place = scene.under({fleet: ceiling({tokensPerDay: 1000})})
    settle(place, place.take(), null, PRICES)
    expect(reserve(place, DEMAND).kind).toBe('spent')
    scene.clock.set(after)
    settle(place, place.take(), null, PRICES)
    expect([day, next].map((date) => scene.book(date)?.rows.length)).toEqual([1, 1])
  })

  test('that a clock goes back to are gone on with', () => {
    const scene = openBudgetScene()
    const place = scene.under({fleet: ceiling({tokensPerDay: 1000})})
    settle(place, place.take(), null, PRICES)
    scene.clock.set('2026-11-22T10:00:00Z')
    settle(place, place.take(), null, PRICES)
    scene.clock.set('2026-11-21T10:00:00Z')
    expect(reserve(place, DEMAND).kind).toBe('spent')
  })

  test('take a call that began before midnight', () => {
    const scene = openBudgetScene({at: '2026-11-21T23:59:00Z'})
    const own = scene.take()
    scene.clock.set('2026-11-22T00:01:00Z')
    expect(closeDays(scene)).toEqual([])
    settle(scene, own, CLAIM, PRICES)
    expect(scene.book('2026-11-22')).toBeNull()
    expect(closeDays(scene)).toMatchObject([{day: DAY, rows: [{tokens: {input: 100}}]}])
    expect(scene.book(DAY)).toBeNull()
  })
})

describe('a book that was lost', () => {
  const receipt = (turn: string, ended: string) =>
    `${JSON.stringify({
      turn,
      agent: 'donna',
      trigger: 'heartbeat',
      started: ended,
      ended,
      state: 'worked',
      reason: null,
      checks: [],
      engine: 'claude',
      model_calls: 2,
      tokens: {input: 400, output: 50, cache_read: 0, cache_write: 0},
      cost_usd: 0.2,
      commit: null,
      error: null,
    })}\n`

  test('is begun anew from the receipts of that day', () => {
    const scene = openBudgetScene()
    scene.mcos.write('runs/2026-11-20.jsonl', receipt('t_0', '2026-11-20T23:00:00.000Z'))
    scene.mcos.write(
      'runs/2026-11-21.jsonl',
      receipt('t_1', '2026-11-21T01:00:00.000Z') + receipt('t_2', '2026-11-21T02:00:00.000Z'),
    )
    const place = scene.under({agent: ceiling({tokensPerDay: 1800})})
    expect(reserve(place, DEMAND)).toMatchObject({kind: 'spent', detail: expect.stringContaining('900 tokens left')})
    expect(scene.take().kind).toBe('reserved')
  })

  test.each([
    ['zeroed', '\0\0\0\0'],
    ['empty', ''],
    ['cut', '{"version":1,"id":"01'],
    [
      'of something else',
      '{"version":1,"id":"x","day":"2026-11-21","rows":[{"agent":1}],"earlier":[],"turns":[],"open":[]}',
    ],
  ])('because it is %s is set aside and told, and the next call goes on', (_, text) => {
    const scene = openBudgetScene()
    scene.mcos.write(`budget/${DAY}.json`, text)
    expect(() => reserve(scene, DEMAND)).toThrow(/was damaged and set aside as .mcos\/quarantine\/budget-2026-11-21-/)
    expect(scene.mcos.list('quarantine')).toHaveLength(1)
    expect(scene.take().kind).toBe('reserved')
  })

  test('while a call was under way still gets what the call came to', () => {
    const scene = openBudgetScene()
    const own = scene.take()
    scene.mcos.write(`budget/${DAY}.json`, 'x')
    expect(settle(scene, own, CLAIM, PRICES).note).toContain('was damaged and set aside')
    expect(scene.book(DAY)?.rows).toMatchObject([{tokens: {input: 100}}])
  })
})

test('of two ceilings the lower one holds, each unit by itself', () => {
  const own = ceiling({usdPerDay: 3, tokensPerDay: 100})
  expect(tighter(own, ceiling({usdPerDay: 1, turnsPerDay: 4}))).toEqual({
    usdPerDay: 1,
    tokensPerDay: 100,
    turnsPerDay: 4,
  })
  expect(tighter(null, own)).toBe(own)
})
