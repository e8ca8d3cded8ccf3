import {afterEach, expect, test, vi} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {systemClock} from './clock.js'
import {keepAlive} from './keep-alive.js'
import {tryLock} from './lock.js'

afterEach(() => {
  vi.useRealTimers()
})

function takeLock(dir: string) {
  const attempt = tryLock(dir, 'donna', {clock: systemClock, leaseMs: 60_000})
  if (!('lock' in attempt)) throw new Error('it is held')
  return attempt.lock
}

test('a lock outlives its lease for as long as it is kept alive, and not after that', () => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval', 'Date']})
  const lock = takeLock(tempFolder())
  const renew = vi.spyOn(lock, 'renew')
  const letGo = keepAlive(lock)
  vi.advanceTimersByTime(10 * 60_000)
  expect(renew).toHaveBeenCalledTimes(40)
  letGo()
  vi.advanceTimersByTime(60_000)
  expect(renew).toHaveBeenCalledTimes(40)
  lock.release()
})

test('a lock that another has taken over meanwhile is left to it', () => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']})
  const dir = tempFolder()
  const lock = takeLock(dir)
  const letGo = keepAlive(lock)
  lock.release()
  const other = takeLock(dir)
  expect(() => vi.advanceTimersByTime(60_000)).not.toThrow()
  expect(other.isHeld()).toBe(true)
  letGo()
  other.release()
})
