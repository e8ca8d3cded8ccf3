import {existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {codeOf} from '../../testing/code-of.js'
import {type LockScene, openLockScene, said} from '../../testing/lock-scene.js'
import {systemClock} from './clock.js'
import type {Folder} from './folder.js'
import {newId} from './ids.js'
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

describe('a holder that is gone', () => {
  const me = thisProcess()

  test.each([
    ['dead', {pid: 2 ** 22 + 5}],
    ['replaced by another process of the same pid', {start: '1'}],
    ['of an earlier start of the machine', {boot: 'before'}],
  ])('is taken over at once when it is %s', (_, who) => {
    const id = scene.plantHolder({...me, ...who}, {leaseMs: 3_600_000})
    expect(scene.take('donna').isHeld()).toBe(true)
    expect(existsSync(join(mcos.dir, 'staging', id))).toBe(false)
  })

  test.each([
    ['alive', {}],
    ['on another machine', {host: 'elsewhere'}],
    ['in another container', {ns: 'pid:[1]'}],
  ])('is waited for when it is %s, until its lease is past', (_, who) => {
    const id = scene.plantHolder({...me, ...who}, {leaseMs: 60_000})
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {id}})
    scene.age(id, 61)
    expect(scene.take('donna').isHeld()).toBe(true)
  })

  test('is waited for a minute when its file is damaged', () => {
    const id = scene.plantHolder(me, {leaseMs: 60_000})
    writeFileSync(join(mcos.dir, `locks/donna.lock/${id}.json`), '{"pid": 1')
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {id, isReadable: false}})
    scene.age(id, 61)
    scene.take('donna').release()
    expect(scene.traces()).toEqual([])
  })

  test('leaves nothing behind, nor does one that was killed while it took a lock', () => {
    const old = join(mcos.dir, 'staging', newId(clock))
    const young = join(mcos.dir, 'staging', newId(clock))
    const id = scene.plantHolder({...me, start: '1'}, {leaseMs: 1})
    writeFileSync(join(mcos.dir, 'staging', id, '.mcos-tmp-1'), 'half')
    mkdirSync(join(old, 'mike.lock'), {recursive: true})
    mkdirSync(young)
    utimesSync(old, 0, 0)
    const other = scene.take('mike')
    utimesSync(other.staging.dir, 0, 0)
    scene.take('donna').release()
    expect(existsSync(old)).toBe(false)
    expect(existsSync(young)).toBe(true)
    expect(other.isHeld()).toBe(true)
  })
})

describe('a holder that comes back late', () => {
  test('changes nothing any more, and harms nobody by letting go', () => {
    mcos.write('state', 'old')
    const late = scene.take('donna', 1)
    scene.age(late.id, 5)
    const now = scene.take('donna')
    const {staging} = late
    for (const act of [
      () => mcos.write('state', 'late', {staging}),
      () => mcos.write('state2', 'late', {staging, expect: null}),
      () => mcos.write('folder/of/state', 'late', {staging}),
      () => mcos.append('log', 'late', {staging}),
      () => mcos.remove('state', {staging}),
      () => mcos.move('state', 'state3', {staging}),
      () => late.renew(),
    ]) {
      expect(codeOf(act)).toBe('FENCED')
    }
    expect(late.isHeld()).toBe(false)
    late.release()
    expect(now.isHeld()).toBe(true)
    expect(now.fence).toBe(late.fence + 1)
    mcos.write('state', 'new', {staging: now.staging})
    expect(mcos.readText('state')).toBe('new')
    expect(mcos.list('.').map(({name}) => name)).toEqual(['locks', 'staging', 'state'])
  })

  test('moves and removes by way of its staging folder while it holds the lock', () => {
    const {staging} = scene.take('donna')
    mcos.write('new/a', '1', {staging, expect: null})
    mcos.move('new/a', 'cur/a', {staging})
    expect(mcos.list('new')).toEqual([])
    expect(mcos.readText('cur/a')).toBe('1')
    expect(codeOf(() => mcos.write('cur/a', '2', {staging, expect: null}))).toBe('CONFLICT')
    mcos.remove('cur/a', {staging})
    expect(mcos.list('cur')).toEqual([])
    expect(readdirSync(staging.dir)).toEqual([])
  })

  test('keeps its lock as long as it renews it', () => {
    const lock = scene.take('donna', 1_000)
    scene.age(lock.id, 5)
    lock.renew()
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {id: lock.id}})
  })

  test('is refused after SIGSTOP and SIGCONT, too', async () => {
    const child = scene.startChild(`
      const lock = waitForLock(dir, 'donna', {clock: systemClock, leaseMs: 150})
      say('held')
      for (let n = 0; ; n++) {
        try {
          mcos.write('state', 'child ' + n, {staging: lock.staging})
        } catch (error) {
          lock.release()
          say(error.code)
          break
        }
      }`)
    expect(await said(child)).toBe('held')
    child.kill('SIGSTOP')
    const lock = waitForLock(mcos, 'donna', {clock, timeoutMs: 20_000})
    mcos.write('state', 'mine', {staging: lock.staging})
    child.kill('SIGCONT')
    expect(await said(child)).toBe('FENCED')
    expect(mcos.readText('state')).toBe('mine')
    expect(lock.isHeld()).toBe(true)
    lock.release()
    expect(scene.traces()).toEqual([])
  })
})
