import {mkdirSync, renameSync} from 'node:fs'
import {expect, onTestFinished, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {takeUpLock} from './up-lock.js'

const ALREADY = expect.objectContaining({code: 'UP_ALREADY'})

test('a second up is told which process keeps the fleet going, and may begin once that one has ended', async () => {
  const fleet = await openScene().open()
  const first = takeUpLock(fleet)
  expect(() => takeUpLock(fleet)).toThrow(ALREADY)
  first.insist(fleet)
  first.release()
  takeUpLock(fleet).release()
})

test('in a home that was made anew the lock is taken again, and where another has taken over this one ends', async () => {
  const fleet = await openScene().open()
  const first = takeUpLock(fleet)
  const {dir} = fleet.mcos
  renameSync(`${dir}/locks`, `${dir}/locks-before`)
  mkdirSync(`${dir}/locks`)
  first.insist(fleet)
  expect(() => takeUpLock(fleet)).toThrow(ALREADY)

  renameSync(`${dir}/locks`, `${dir}/locks-then`)
  mkdirSync(`${dir}/locks`)
  const other = takeUpLock(fleet)
  onTestFinished(() => other.release())
  expect(() => first.insist(fleet)).toThrow(/taken over/)
  first.release()
  expect(() => takeUpLock(fleet)).toThrow(ALREADY)
})
