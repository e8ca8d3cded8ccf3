import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, rmSync, utimesSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {tryLock} from '../../kit/lock.js'
import {presentSweep} from '../../present/sweep.js'
import {formatReceipt, type Receipt} from '../../workspace/receipt.js'
import {parseUsage, sumUsage} from '../../workspace/usage-ledger.js'
import {sweepFleet} from './sweep-fleet.js'

const FILES = {'mcos.yaml': 'version: 1\nname: northwind\nhost: mini\ntimezone: Africa/Johannesburg\n'}
const DAY_MS = 86_400_000
const sweep = async (scene: Scene, more: {isDryRun?: boolean; isGcForced?: boolean} = {}) =>
  sweepFleet(await scene.open(), {isDryRun: false, isGcForced: false, ...more})

function receipt(day: string, more: Partial<Receipt> = {}): Receipt {
  return {
    turn: `t_${day}`,
    agent: 'donna',
    trigger: 'heartbeat',
    started: `${day}T10:00:00.000Z`,
    ended: `${day}T10:01:00.000Z`,
    state: 'worked',
    reason: null,
    checks: [],
    engine: 'claude',
    model_calls: 2,
    tokens: {input: 100, output: 10, cache_read: 0, cache_write: 0},
    cost_usd: 0.25,
    commit: null,
    error: null,
    ...more,
  }
}

/** So many days of receipts up to today, of which every one was paid for. */
function writeDays(scene: Scene, days: number, of: (day: string) => readonly Receipt[]): string[] {
  const names = Array.from({length: days}, (_, index) =>
    new Date(scene.clock.now() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  )
  for (const name of names) scene.write(`.mcos/runs/${name}.jsonl`, of(name).map(formatReceipt).join(''))
  return names
}

const ledgerOf = (scene: Scene) =>
  sumUsage(
    scene.list('usage/mini').flatMap((name) => parseUsage(scene.read(`usage/mini/${name}`), `usage/mini/${name}`)),
  )

describe('receipts past their age', () => {
  test('go once the ledger has what they spent, in one commit, and once only', async () => {
    const scene = openScene({files: FILES})
    const [first = '', second = ''] = writeDays(scene, 92, (day) => [receipt(day), receipt(day, {agent: 'jarvis'})])
    const before = scene.countCommits()
    const planned = await sweep(scene, {isDryRun: true})
    expect(planned.plan.map(({kind, path}) => [kind, path])).toEqual([
      ['receipts', `.mcos/runs/${first}.jsonl`],
      ['receipts', `.mcos/runs/${second}.jsonl`],
    ])
    expect(planned.plan[0]?.why).toBe('older than 90 days; what it spent goes into usage/ first')
    expect([planned.done, scene.countCommits()]).toEqual([[], before])
    const report = await sweep(scene)
    expect(report.kept).toEqual([])
    expect(report.done).toEqual(planned.plan)
    expect(report.freed_bytes).toBe(planned.plan.reduce((sum, {bytes}) => sum + bytes, 0))
    expect(report.commit).toMatch(/^[0-9a-f]{40}$/)
    expect(scene.list('.mcos/runs')).toHaveLength(90)
    expect(ledgerOf(scene).map(({day, agent, turns, cost_usd}) => [day, agent, turns, cost_usd])).toEqual([
      [first, 'donna', 1, 0.25],
      [first, 'jarvis', 1, 0.25],
      [second, 'donna', 1, 0.25],
      [second, 'jarvis', 1, 0.25],
    ])
    expect(scene.git('status', '--porcelain')).toBe('')
    expect(await sweep(scene)).toMatchObject({plan: [], done: [], freed_bytes: 0, commit: null})
    expect(scene.countCommits()).toBe(before + 1)
  })

  test('are counted by the calendar, and a clock that is ahead of them makes none old', async () => {
    const scene = openScene({files: FILES})
    const day = (ago: number) => new Date(scene.clock.now() - ago * DAY_MS).toISOString().slice(0, 10)
    for (const ago of [300, 91, 90, 0]) scene.write(`.mcos/runs/${day(ago)}.jsonl`, formatReceipt(receipt(day(ago))))
    scene.clock.advance(200 * DAY_MS)
    const report = await sweep(scene)
    expect(report.done.map(({path}) => path)).toEqual([300, 91].map((ago) => `.mcos/runs/${day(ago + 200)}.jsonl`))
    expect(ledgerOf(scene)).toHaveLength(2)
  })

  test('add nothing where the ledger has that day already, also of this machine under its earlier name', async () => {
    const scene = openScene({files: FILES})
    const [first = '', second = ''] = writeDays(scene, 92, (day) => [receipt(day)])
    const line = (day: string) =>
      `${JSON.stringify({day, agent: 'donna', engine: 'claude', turns: 1, model_calls: 2, tokens: receipt(day).tokens, cost_usd: 0.3, fold: 'x'})}\n`
    scene.write(`usage/mini/${first.slice(0, 7)}.jsonl`, line(first))
    scene.write(`usage/old-name/${second.slice(0, 7)}.jsonl`, line(second))
    scene.commitAll()
    const report = await sweep(scene)
    expect(report.done.map(({why}) => why)).toEqual(Array(2).fill('older than 90 days; usage/ has what it spent'))
    expect(report.commit).toBeNull()
    expect(ledgerOf(scene)).toHaveLength(1)
  })

  test('stay while git is in the middle of something, or the fleet is stopped, and go at the next sweep', async () => {
    const scene = openScene({files: FILES})
    writeDays(scene, 91, (day) => [receipt(day)])
    scene.git('checkout', '-q', '--detach')
    const busy = await sweep(scene)
    expect([busy.done, busy.kept.length]).toEqual([[], 1])
    expect(presentSweep(busy)).toMatch(/stays: the ledger can't be written: .*\n0 B freed\.$/)
    scene.git('checkout', '-q', 'main')
    scene.write('.mcos/STOP', 'who: ada\n')
    expect((await sweep(scene)).kept[0]?.because).toMatch(/stopped/)
    rmSync(join(scene.dir, '.mcos/STOP'))
    expect((await sweep(scene)).kept).toEqual([])
    expect(ledgerOf(scene)).toHaveLength(1)
  })

  test('that cost nothing need no ledger, and a beat alone lets them go; others it folds first', async () => {
    const scene = openScene({files: FILES})
    const names = writeDays(scene, 93, (day) => [receipt(day, {model_calls: 0, engine: null, cost_usd: 0})])
    scene.write(`.mcos/runs/${names[1]}.jsonl`, formatReceipt(receipt(names[1] ?? '')))
    const {sweepAfterKills} = await import('../sweep.js')
    sweepAfterKills(await scene.open())
    expect(scene.list('.mcos/runs').slice(0, 2)).toEqual([`${names[1]}.jsonl`, `${names[3]}.jsonl`])
    const {foldUsage} = await import('../usage/fold-usage.js')
    mkdirSync(join(scene.dir, '.mcos/budget'))
    expect((await foldUsage(await scene.open())).days).toEqual([names[1]])
    expect(scene.list('.mcos/runs')).toHaveLength(90)
  })
})

describe('what killed processes have left', () => {
  test('goes, and what is alive stays', async () => {
    const scene = openScene({files: FILES})
    const fleet = await scene.open()
    const held = tryLock(fleet.mcos, 'donna', {clock: fleet.clock})
    const script = `import('${join(import.meta.dirname, '../../kit/lock.ts')}').then(({tryLock}) => {
      tryLock(${JSON.stringify(fleet.mcos.dir)}, 'jarvis', {clock: {now: () => ${scene.clock.now()}}})
      process.kill(process.pid, 'SIGKILL')
    })`
    spawnSync(process.execPath, ['--import', 'tsx', '-e', script])
    scene.write('workspaces/.adopting-gene/SOUL.md', '# Gene\n')
    scene.write('workspaces/donna/inbox/tmp/old.md', 'half\n')
    scene.write('workspaces/donna/inbox/tmp/new.md', 'half\n')
    age(scene, 'workspaces/donna/inbox/tmp/old.md', 2 * DAY_MS)
    const report = await sweep(scene)
    expect(report.done.map(({kind, path}) => [kind, path])).toEqual([
      ['lock', '.mcos/locks/jarvis.lock'],
      ['stage', 'workspaces/.adopting-gene'],
      ['inbox-tmp', 'workspaces/donna/inbox/tmp/old.md'],
    ])
    expect(report.kept).toEqual([])
    expect(scene.list('workspaces/donna/inbox/tmp')).toEqual(['new.md'])
    expect('lock' in held && held.lock.isHeld()).toBe(true)
    expect((await sweep(scene)).plan).toEqual([])
  })

  test('goes with transcripts past their 90 days and backups nobody will want back', async () => {
    const scene = openScene({files: FILES, at: '2027-06-01T00:00:00Z'})
    const {newTurnId} = await import('../../kit/ids.js')
    const {fixedClock} = await import('../../kit/clock.js')
    const turns = Array.from({length: 91}, (_, index) =>
      newTurnId(fixedClock(new Date(scene.clock.now() - index * DAY_MS).toISOString())),
    )
    for (const turn of turns) scene.write(`.mcos/transcripts/${turn}.jsonl`, '{}\n')
    for (const day of ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2027-05-30'])
      scene.write(`.mcos/backup/${day}T08-30-00-000Z/workspaces/donna/SOUL.md`, 'x\n')
    const report = await sweep(scene)
    expect(report.done.map(({kind, path}) => [kind, path])).toEqual([
      ['transcript', `.mcos/transcripts/${turns.at(-1)}.jsonl`],
      ['backup', '.mcos/backup/2026-01-01T08-30-00-000Z'],
      ['backup', '.mcos/backup/2026-01-02T08-30-00-000Z'],
    ])
    expect(existsSync(join(scene.dir, '.mcos/backup/2026-01-01T08-30-00-000Z'))).toBe(false)
    expect(presentSweep(report)).toContain('older than 90 days\n')
  })

  test('and worktrees of mcos whose folder is gone; a person\u2019s own are left to them', async () => {
    const scene = openScene({files: FILES})
    for (const dir of [join(scene.dir, '.mcos/worktrees/w1'), join(tempFolder(), 'theirs')]) {
      scene.git('worktree', 'add', '-q', '--detach', dir)
      rmSync(dir, {recursive: true})
    }
    const report = await sweep(scene)
    expect(report.done.map(({kind, path}) => [kind, path])).toEqual([['worktree', '.git/worktrees/w1']])
    expect(scene.list('.git/worktrees')).toEqual(['theirs'])
  })
})

describe('a sweep', () => {
  test('packs git only where it has piled up, or where it is asked to', async () => {
    const scene = openScene({files: FILES})
    expect((await sweep(scene)).plan).toEqual([])
    const report = await sweep(scene, {isGcForced: true})
    expect(report.done).toMatchObject([{kind: 'git', path: '.git/objects'}])
    expect(scene.git('count-objects')).toMatch(/^0 objects/)
    expect(scene.git('fsck', '--strict')).toBe('')
  })

  test('is told that another is at work, and says when there is nothing to do', async () => {
    const scene = openScene({files: FILES})
    const fleet = await scene.open()
    const held = tryLock(fleet.mcos, '_sweep', {clock: fleet.clock})
    await expect(sweep(scene)).rejects.toMatchObject({code: 'BUSY', message: expect.stringContaining(`${process.pid}`)})
    if ('lock' in held) held.lock.release()
    expect(presentSweep(await sweep(scene))).toBe('There is nothing to sweep.')
  })
})

function age(scene: Scene, path: string, ms: number): void {
  const then = (Date.now() - ms) / 1000
  utimesSync(join(scene.dir, path), then, then)
}
