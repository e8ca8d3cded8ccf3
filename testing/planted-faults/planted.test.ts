import {execFileSync} from 'node:child_process'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {DoctorReport} from '../../src/app/doctor.js'
import {examineAs, isCommand, mendAs, names, newsIn, undoAs} from './check-up.js'
import {FAULTS} from './faults.js'
import {type HealthyFleet, healthyFleet} from './healthy-fleet.js'
import type {Hand} from './planting.js'

let healthy: HealthyFleet
let before: DoctorReport

beforeAll(async () => {
  healthy = await healthyFleet()
  before = await examineAs(healthy.fresh())
})

afterAll(() => healthy.close())

test('before anything is broken, nothing fails that is not of the machine the tests run on', () => {
  const failing = before.checks.filter(({id, status}) => status === 'fail' && !OF_THE_MACHINE.has(id))
  expect(failing.map(({id, detail}) => `${id}: ${detail}`)).toEqual([])
})

const OF_THE_MACHINE = new Set(['node', 'disk', 'old-runtime', 'schedule-fires', 'schedule-starts'])

test.each(FAULTS.map((fault) => [fault.name, fault] as const))(
  '%s: it is named, and mended where doctor says so',
  async (_, fault) => {
    const hand = healthy.fresh()
    fault.plant(hand)
    const report = await examineAs(hand)
    const news = newsIn(report, before)
    const naming = news.filter((check) => names(check, fault))
    expect(naming.length, news.map(({id, detail}) => `${id}: ${detail}`).join('\n')).toBeGreaterThan(0)
    expect(news.filter(({fix}) => !isCommand(fix)).map(({id, fix}) => `${id}: ${fix}`)).toEqual([])
    const mendable = news.filter(({fixable}) => fixable).map(({id}) => id)
    if (mendable.length > 0) await mend(hand, report, mendable)
  },
)

/** Mends, looks again, and takes it back: what is committed is then as it was, byte for byte. */
async function mend(hand: Hand, report: DoctorReport, ids: readonly string[]): Promise<void> {
  const [tree, count] = treeOf(hand)
  const turn = await mendAs(hand, report)
  const after = await examineAs(hand)
  const left = after.checks.filter(({id, status, fixable}) => ids.includes(id) && status !== 'pass' && fixable)
  expect(left.map(({id, detail}) => `${id}: ${detail}`)).toEqual([])
  const others = newsIn(after, report).filter(({id}) => !OF_THE_MACHINE.has(id) && !ids.includes(id))
  expect(others.map(({id, detail}) => `${id}: ${detail}`)).toEqual([])
  const [mended, more] = treeOf(hand)
  expect(more - count).toBe(turn === null ? 0 : 1)
  expect(mended === tree).toBe(turn === null)
  if (turn === null) return
  await undoAs(hand, turn)
  expect(treeOf(hand)[0]).toBe(tree)
}

/** What the last commit holds, and how many there are. */
function treeOf({home, env}: Hand): readonly [string, number] {
  const git = (...args: string[]): string => execFileSync('git', args, {cwd: home, env, encoding: 'utf8'}).trim()
  return [git('rev-parse', 'HEAD^{tree}'), Number(git('rev-list', '--count', 'HEAD'))]
}
