import {once} from 'node:events'
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {codeOf} from '../../testing/code-of.js'
import {type LockScene, openLockScene, said} from '../../testing/lock-scene.js'
import {systemClock} from './clock.js'
import type {Folder} from './folder.js'
import {tryLock, waitForLock} from './lock.js'
import {thisProcess} from './process-identity.js'

const clock = systemClock
let scene: LockScene
let mcos: Folder

beforeEach(() => {
  scene = openLockScene()
  mcos = scene.mcos
})

afterEach(() => scene.close())

describe('a lock', () => {
  test('belongs to one, says to whom, and is free again afterwards without a trace', () => {
    const lock = scene.take('donna')
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({
      holder: {id: lock.id, pid: process.pid, fence: 1, isReadable: true},
    })
    expect(lock.isHeld()).toBe(true)
    lock.release()
    expect(lock.isHeld()).toBe(false)
    expect(scene.traces()).toEqual([])
    expect(scene.take('donna').fence).toBe(2)
  })

  test('is one of many: other names are free', () => {
    scene.take('donna')
    expect(scene.take('mike').fence).toBe(1)
    expect(scene.take('_commit').fence).toBe(1)
    expect(() => tryLock(mcos, '../evil', {clock})).toThrow(TypeError)
  })

  test('is BUSY for who waited in vain', () => {
    scene.take('donna')
    const started = performance.now()
    expect(codeOf(() => waitForLock(mcos, 'donna', {clock, timeoutMs: 60}))).toBe('BUSY')
    expect(performance.now() - started).toBeGreaterThanOrEqual(55)
  })

  test('is free when its folder was left empty', () => {
    mkdirSync(join(mcos.dir, 'locks/donna.lock'), {recursive: true})
    scene.take('donna').release()
    expect(scene.traces()).toEqual([])
  })

  test('is free when there is only what a file browser left', () => {
    mkdirSync(join(mcos.dir, 'locks/donna.lock'), {recursive: true})
    writeFileSync(join(mcos.dir, 'locks/donna.lock/.DS_Store'), '')
    scene.take('donna').release()
    expect(scene.traces()).toEqual([])
  })

  test('is not taken through a link', () => {
    symlinkSync(tmpdir(), join(mcos.dir, 'locks'))
    expect(codeOf(() => scene.take('donna'))).toBe('PATH_LINK')
  })
})

test('of many who want a dead holder’s lock, one at a time gets it', async () => {
  scene.plantHolder({...thisProcess(), start: '1'}, {leaseMs: 3_600_000})
  const racers = Array.from({length: 4}, () =>
    scene.startChild(`
      for (let n = 0; n < 40; n++) {
        const lock = waitForLock(dir, 'donna', {clock: systemClock, pollMs: 1})
        fs.writeFileSync(dir + '/inside', '', {flag: 'wx'})
        mcos.append('log', String(lock.fence), {sync: false, staging: lock.staging})
        fs.unlinkSync(dir + '/inside')
        lock.release()
      }
      say('done')`),
  )
  expect(await Promise.all(racers.map(said))).toEqual(['done', 'done', 'done', 'done'])
  const fences = readFileSync(join(mcos.dir, 'log'), 'utf8').trim().split('\n').map(Number)
  expect(fences).toHaveLength(160)
  expect(fences).toEqual([...new Set(fences)].sort((one, other) => one - other))
  expect(scene.traces()).toEqual([])
})

test('a lock of a killed process is free at once', async () => {
  const child = scene.startChild(
    `waitForLock(dir, 'donna', {clock: systemClock}); say('held'); setInterval(() => {}, 1000)`,
  )
  expect(await said(child)).toBe('held')
  expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {pid: child.pid}})
  child.kill('SIGKILL')
  await once(child, 'exit')
  scene.take('donna').release()
  expect(scene.traces()).toEqual([])
})
