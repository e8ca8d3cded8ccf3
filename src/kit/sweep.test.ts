import {existsSync, mkdirSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {type LockScene, openLockScene} from '../../testing/lock-scene.js'
import {systemClock} from './clock.js'
import {thisProcess} from './process-identity.js'
import {sweepLeftovers} from './sweep.js'

let scene: LockScene
beforeEach(() => {
  scene = openLockScene()
})
afterEach(() => scene.close())

const DEAD = {...thisProcess(), pid: 2 ** 22 - 1, start: '1'}
const HOUR = 3_600_000

function sweep(folders: readonly string[] = []): void {
  sweepLeftovers(scene.mcos, {now: systemClock.now(), folders: () => folders})
}

/** A file as a process that is gone since then has left it. */
function leave(path: string, ageMs: number): string {
  const file = join(scene.mcos.dir, path)
  mkdirSync(join(file, '..'), {recursive: true})
  writeFileSync(file, 'half')
  age(file, ageMs)
  return file
}

function age(file: string, ageMs: number): void {
  const then = (Date.now() - ageMs) / 1000
  utimesSync(file, then, then)
}

test('a dead holder’s lock and its work folder go, a living one’s stay', () => {
  scene.plantHolder(DEAD, {leaseMs: HOUR})
  const lock = scene.take('jarvis')
  sweep()
  expect(scene.traces()).toEqual(['jarvis.lock', lock.id])
  lock.release()
})

test('an empty lock folder goes', () => {
  mkdirSync(join(scene.mcos.dir, 'locks/donna.lock'), {recursive: true})
  sweep()
  expect(existsSync(join(scene.mcos.dir, 'locks/donna.lock'))).toBe(false)
})

test('a work folder of nobody goes once it is old', () => {
  const stray = join(scene.mcos.dir, 'staging/01M7YX60DR24P68GFD55KJ6BSA')
  mkdirSync(stray, {recursive: true})
  sweep()
  expect(existsSync(stray)).toBe(true)
  age(stray, 2 * HOUR)
  sweep()
  expect(existsSync(stray)).toBe(false)
})

test('half-written files are searched for about once an hour', () => {
  const first = leave(`keys/.mcos-tmp-${DEAD.pid}-1a`, 60_000)
  const fresh = leave(`.mcos-tmp-${process.pid}-1b`, 60_000)
  const elsewhere = leave('box/.mcos-tmp-9-1c', 2 * HOUR)
  sweep([join(scene.mcos.dir, 'box')])
  expect([first, fresh, elsewhere].map((file) => existsSync(file))).toEqual([false, true, false])
  const second = leave(`keys/.mcos-tmp-${DEAD.pid}-2a`, 60_000)
  sweep()
  expect(existsSync(second)).toBe(true)
  age(join(scene.mcos.dir, 'cache/swept'), 2 * HOUR)
  sweep()
  expect(existsSync(second)).toBe(false)
})
