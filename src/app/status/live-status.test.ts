import {appendFileSync, mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {tryLock} from '../../kit/lock.js'
import {statusOf} from '../status.js'
import {LiveStatus} from './live-status.js'

const SCHEDULED = {'workspaces/donna/HEARTBEAT.md': '## Brief (daily 09:00)\n`inbox`\n'}

async function openLive(scene: ReturnType<typeof openScene>) {
  const status = new LiveStatus(await scene.open(), {isBoxedHere: () => true})
  const readAll = async () => {
    let steps = 0
    while (await status.step()) steps += 1
    return steps
  }
  await readAll()
  return {status, readAll}
}

test('what was marked is read again, and nothing else', async () => {
  const scene = openScene()
  const {status, readAll} = await openLive(scene)
  const jarvis = status.reading('jarvis')
  await scene.send('donna', 'Hello')
  expect(await readAll()).toBe(0)
  status.mark({agents: ['donna', 'nobody']})
  expect(await readAll()).toBe(1)
  expect(status.reading('donna')?.status.inbox).toBe(1)
  expect(status.reading('jarvis')).toBe(jarvis)
})

test('receipts are read on from where they ended, and mark whom they speak of', async () => {
  const scene = openScene()
  const {status, readAll} = await openLive(scene)
  await scene.beatOne('donna')
  expect(await readAll()).toBe(2)
  expect(status.reading('donna')?.status.last_beat).toBe('2026-11-21T08:30:00.000Z')
  expect(status.reading('jarvis')?.status.last_beat).toBeNull()
})

test('a state changes with the time alone, and a lock that is gone makes its agent read again', async () => {
  const scene = openScene({files: SCHEDULED})
  await scene.beatOne('donna')
  const {status, readAll} = await openLive(scene)
  const stateNow = async () => {
    await status.age()
    await readAll()
    return status.reading('donna')?.status.state
  }
  expect(await stateNow()).toBe('warm')
  scene.clock.advance(6 * 60_000)
  expect(await stateNow()).toBe('idle')
  const attempt = tryLock((await scene.open()).mcos, 'donna', {clock: scene.clock})
  status.mark({agents: ['donna']})
  expect(await stateNow()).toBe('busy')
  if ('lock' in attempt) attempt.lock.release()
  expect(await stateNow()).toBe('idle')
})

test('agents come and go', async () => {
  const scene = openScene()
  const {status, readAll} = await openLive(scene)
  scene.write('workspaces/flow/SOUL.md', '# Flow\n')
  rmSync(join(scene.dir, 'workspaces/jarvis'), {recursive: true})
  status.mark({roster: true})
  await readAll()
  expect(status.report().agents.map(({agent}) => agent)).toEqual(['donna', 'flow'])
})

test('a look tells whose files are others than when they were read', async () => {
  const scene = openScene()
  const {status, readAll} = await openLive(scene)
  expect(status.changedSinceRead()).toEqual([])
  mkdirSync(join(scene.dir, 'workspaces/donna/memory'), {recursive: true})
  appendFileSync(join(scene.dir, 'workspaces/donna/memory/2026-11-21.md'), '- A line\n')
  expect(status.changedSinceRead()).toEqual(['donna'])
  status.mark({agents: status.changedSinceRead()})
  await readAll()
  expect(status.changedSinceRead()).toEqual([])
  expect(status.reading('donna')?.status.last_line).toBe('A line')
})

test('after any number of pieces it says what a fresh look says', async () => {
  const scene = openScene({files: SCHEDULED})
  const {status, readAll} = await openLive(scene)
  await scene.send('jarvis', 'Hello')
  await scene.beat()
  scene.write('.mcos/STOP.donna', '')
  scene.clock.advance(3_600_000)
  status.mark({agents: 'all', records: ['tasks', 'alerts', 'approvals'], roster: true})
  await readAll()
  await status.age()
  await readAll()
  expect(status.report()).toEqual(await statusOf(await scene.open(), () => true))
})
