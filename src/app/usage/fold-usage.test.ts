import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {expect, test} from 'vitest'
import {DEMAND} from '../../../testing/budget-scene.js'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {type BudgetPlace, reserve, settle} from '../../engines/budget/budget.js'
import {parseUsage, sumUsage} from '../../workspace/usage-ledger.js'
import {foldUsage} from './fold-usage.js'

const FILES = {'mcos.yaml': 'version: 1\nname: northwind\nhost: mini\ntimezone: Africa/Johannesburg\n'}
const LEDGER = 'usage/mini/2026-11.jsonl'

async function spend(scene: Scene, {agent = 'donna', engine = 'claude'} = {}): Promise<void> {
  const {mcos, clock} = await scene.open()
  const place: BudgetPlace = {
    mcos,
    clock,
    zone: 'Africa/Johannesburg',
    ceilings: {fleet: null, agent: null, engine: null},
  }
  const leave = reserve(place, {...DEMAND, agent, engine, turn: `t_${clock.now()}`})
  if (leave.kind === 'reserved') settle(place, leave, null, null)
}

const fold = async (scene: Scene) => foldUsage(await scene.open())
const ledger = (scene: Scene) => parseUsage(scene.read(LEDGER), LEDGER)

test('days that are over become one commit of code, and today stays', async () => {
  const scene = openScene({files: FILES, at: '2026-11-19T10:00:00Z'})
  expect(await fold(scene)).toEqual({days: [], commit: null, waiting: null})
  await spend(scene)
  expect(await fold(scene)).toMatchObject({days: [], commit: null})
  scene.clock.set('2026-11-20T10:00:00Z')
  await spend(scene)
  await spend(scene, {agent: 'jarvis', engine: 'local'})
  scene.clock.set('2026-11-20T22:00:00Z')
  await spend(scene)
  const before = scene.countCommits()
  const folded = await fold(scene)
  expect(folded).toMatchObject({days: ['2026-11-19', '2026-11-20'], commit: expect.stringMatching(/^[0-9a-f]{40}$/)})
  expect(scene.countCommits()).toBe(before + 1)
  expect(ledger(scene).map(({day, agent, engine, turns, cost_usd}) => [day, agent, engine, turns, cost_usd])).toEqual([
    ['2026-11-19', 'donna', 'claude', 1, 0.5],
    ['2026-11-20', 'donna', 'claude', 1, 0.5],
    ['2026-11-20', 'jarvis', 'local', 1, 0.5],
  ])
  expect(scene.git('log', '-1', '--format=%an <%ae>%n%s').trim()).toBe(
    'mcos <mcos@northwind.mcos>\nusage of 2 days on mini',
  )
  expect(scene.git('status', '--porcelain')).toBe('')
  expect(scene.list('.mcos/budget/closed')).toEqual([])
  expect(await fold(scene)).toEqual({days: [], commit: null, waiting: null})
  expect(scene.countCommits()).toBe(before + 1)
})

test('without any day that is over no file is touched and no git is asked', async () => {
  const scene = openScene({files: FILES})
  await spend(scene)
  const fleet = await scene.open()
  scene.git('config', 'core.bare', 'true')
  expect(await foldUsage(fleet)).toEqual({days: [], commit: null, waiting: null})
})

test('a line that a person has added to the ledger keeps no day out of it', async () => {
  const scene = openScene({files: {...FILES, [LEDGER]: ''}})
  await spend(scene)
  scene.write(LEDGER, '\n')
  scene.clock.advance(86_400_000)
  expect((await fold(scene)).days).toHaveLength(1)
  expect(ledger(scene)).toHaveLength(1)
})

test('while git is in the middle of something the days wait, and nothing fails', async () => {
  const scene = openScene({files: FILES})
  await spend(scene)
  scene.clock.advance(86_400_000)
  scene.git('checkout', '-q', '--detach')
  expect(await fold(scene)).toMatchObject({days: [], commit: null, waiting: expect.stringMatching(/HEAD|branch/)})
  scene.git('checkout', '-q', 'main')
  expect((await fold(scene)).days).toEqual(['2026-11-21'])
})

test('a clock that goes back to a day that is in the ledger adds to it what is new, and nothing else', async () => {
  const scene = openScene({files: FILES})
  await spend(scene)
  scene.clock.set('2026-11-22T10:00:00Z')
  await fold(scene)
  scene.clock.set('2026-11-21T12:00:00Z')
  await spend(scene)
  scene.clock.set('2026-11-22T10:00:00Z')
  expect((await fold(scene)).days).toEqual(['2026-11-21'])
  expect(sumUsage(ledger(scene))).toMatchObject([{day: '2026-11-21', turns: 2, cost_usd: 1}])
})

test('a fold that is killed at some system call or other doubles nothing and loses nothing', async () => {
  const scene = openScene({files: FILES, at: '2026-11-01T10:00:00Z'})
  const module = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)
  const body = (at: string, killAt: number) => `
    const fs = process.getBuiltinModule('node:fs')
    const {syncBuiltinESMExports} = process.getBuiltinModule('node:module')
    let left = ${killAt}
    for (const name of ['renameSync', 'unlinkSync', 'linkSync', 'writeSync', 'mkdirSync', 'rmdirSync']) {
      const real = fs[name]
      fs[name] = (...args) => {
        if (--left === 0) process.kill(process.pid, 'SIGKILL')
        return real(...args)
      }
    }
    syncBuiltinESMExports()
    const {openFleet} = await import(${module('../fleet.ts')})
    const {foldUsage} = await import(${module('fold-usage.ts')})
    const {fixedClock} = await import(${module('../../kit/clock.ts')})
    await foldUsage(await openFleet({cwd: ${JSON.stringify(scene.dir)}, env: process.env, clock: fixedClock(${JSON.stringify(at)})}))`
  let killed = 0
  // Each round kills a little later.
  for (let round = 1; round <= 4; round++) {
    const day = String(round).padStart(2, '0')
    scene.clock.set(`2026-11-${day}T10:00:00Z`)
    await spend(scene)
    scene.clock.set(`2026-11-${day}T23:00:00Z`)
    const at = new Date(scene.clock.now()).toISOString()
    const {signal} = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', body(at, round * 13 - 9)],
      {
        stdio: 'inherit',
      },
    )
    if (signal === 'SIGKILL') killed++
    await fold(scene)
    expect(ledger(scene).map(({day: line}) => line)).toEqual(
      Array.from({length: round}, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`),
    )
    expect(scene.git('status', '--porcelain')).toBe('')
  }
  expect(killed).toBeGreaterThan(2)
})
