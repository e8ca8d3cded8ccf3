import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest'
import {bench as agents} from './agents.js'
import type {BenchReport, Figure} from './bench.js'
import {countCollections} from './collections.js'
import {BUSY_HEARTBEAT, makeFleet} from './fleet.js'
import {bench as idle} from './idle.js'
import {wakefulHeartbeat} from './news.js'
import {presentBench} from './present.js'
import {interleave, median} from './rounds.js'
import {bench as start} from './start.js'
import {Stopwatch} from './stopwatch.js'
import {bench as turn} from './turn.js'
import {writeHistory} from './year-of-history.js'

// Times depend on the machine and are not asserted here; counts are.

let stopwatch: Stopwatch

beforeAll(() => {
  stopwatch = new Stopwatch()
})
afterAll(() => stopwatch.close())

function options(): Parameters<typeof idle.run>[0] {
  return {isShort: true, stopwatch, say: () => undefined}
}

test('a day without news costs no model call, no token, no commit, no byte of git, and leaves a reason for each beat', async () => {
  const {figures} = await idle.run(options())
  expect(figures.map(({what, value}) => [what, value])).toEqual([
    ['model calls', 0],
    ['tokens', 0],
    ['commits', 0],
    ['bytes of git growth', 0],
    ['beats without a receipt', 0],
    ['receipts without a reason', 0],
    ['receipts of work or failure', 0],
  ])
})

test('start, turn and agents each measure against a baseline of the same run', async () => {
  for (const bench of [start, turn, agents]) {
    const report = await bench.run(options())
    expect(report.figures.filter(isUnusable)).toEqual([])
    expect(presentBench(report)).toContain('×')
  }
})

test('a written past is a sound repository whose next beats commit as usual and collect only between turns', async () => {
  const fleet = makeFleet({agents: 9, heartbeat: wakefulHeartbeat(Date.now())})
  onTestFinished(fleet.remove)
  const commits = await writeHistory(fleet, {days: 2, until: Date.now(), beatMinutes: 60, newsShare: 0.4})
  expect(Number(fleet.git('rev-list', '--count', 'HEAD'))).toBe(commits + 1)
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect(fleet.git('ls-files', 'workspaces/*/inbox/done/*')).not.toBe('')
  const collections = await countCollections(fleet, stopwatch)
  expect(collections.within).toBe(0)
  expect(collections.between).toBeGreaterThan(0)
  fleet.git('fsck', '--strict')
})

test('a program that fails ends the bench, as its time would mean nothing', async () => {
  await expect(stopwatch.time({argv: ['git', 'no-such-command'], cwd: '/'})).rejects.toThrow('no-such-command')
})

test('what is measured takes turns, and the first round only warms up', async () => {
  const order: string[] = []
  let time = 0
  const measure = (name: string) => async () => {
    order.push(name)
    time++
    return time
  }
  const samples = await interleave({one: measure('one'), two: measure('two')}, 2)
  expect(order).toEqual(['one', 'two', 'one', 'two', 'one', 'two'])
  expect(samples).toEqual({one: [3, 5], two: [4, 6]})
})

test('a median takes the middle, or what lies between the two in the middle', () => {
  expect([median([9, 1, 5]), median([4, 1, 9, 2])]).toEqual([5, 3])
})

test('a table says what is reached and what is missed', () => {
  const report: BenchReport = {
    figures: [figure({value: 1.5, unit: '×', atMost: 1.2}), figure({value: 0, atMost: 0, isExact: true})],
    raw: {},
    missing: ['the hook: not built yet'],
  }
  expect(presentBench(report)).toBe(
    ['  it  1.50 ×  ≤ 1.2 ×  MISSED   how', '  it  0       0        reached  how', '  the hook: not built yet'].join(
      '\n',
    ),
  )
})

test('the heartbeat of a bench is never asleep while it is measured', () => {
  for (let hour = 0; hour < 24; hour++) {
    const text = wakefulHeartbeat(Date.parse('2026-11-21T00:00:00Z') + hour * 3_600_000)
    const [from = 0, to = 0] = (/(\d\d):00-(\d\d):00/.exec(text) ?? []).slice(1).map(Number)
    // The fleet's zone is two hours ahead of UTC.
    const here = (hour + 2) % 24
    expect(from < to ? here < from || here >= to : here < from && here >= to).toBe(true)
  }
  expect(wakefulHeartbeat(0)).not.toBe(BUSY_HEARTBEAT)
})

function figure(own: Partial<Figure>): Figure {
  return {what: 'it', value: 0, unit: '', atMost: null, note: 'how', ...own}
}

function isUnusable({value}: Figure): boolean {
  return !Number.isFinite(value) || value <= 0
}
