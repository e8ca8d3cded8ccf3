import {EXIT, UserError} from '../../kit/errors.js'
import {keepAlive} from '../../kit/keep-alive.js'
import {type Lock, type LockHolder, tryLock} from '../../kit/lock.js'
import type {Fleet} from '../../workspace/fleet.js'

/** By which only one `mcos up` keeps a fleet going on a machine. */
export interface UpLock {
  /** Ends with UP_ALREADY where another has it now; where nobody has, as in a home that was made anew, it is taken again. */
  insist(fleet: Fleet): void
  release(): void
}

const LOCK = '_up'
const LEASE_MS = 600_000

export function takeUpLock(fleet: Fleet): UpLock {
  let lock = take(fleet, isKept)
  let letGo = keepAlive(lock)
  return {
    insist(now) {
      if (lock.isHeld()) return
      letGo()
      lock = take(now, tookOver)
      letGo = keepAlive(lock)
    },
    release() {
      letGo()
      lock.release()
    },
  }
}

function take({mcos, clock}: Fleet, refused: (holder: LockHolder) => UserError): Lock {
  const attempt = tryLock(mcos, LOCK, {clock, leaseMs: LEASE_MS})
  if ('lock' in attempt) return attempt.lock
  throw refused(attempt.holder)
}

function isKept({pid, host}: LockHolder): UserError {
  return new UserError(`mcos up keeps this fleet going already: process ${pid} on ${host}.`, {
    code: 'UP_ALREADY',
    fix: [`To end that one: kill ${pid}`, 'mcos status'],
    exit: EXIT.failed,
  })
}

function tookOver({pid, host}: LockHolder): UserError {
  return new UserError(
    `Another mcos up has taken over, process ${pid} on ${host}, because this one had stood still for so long.`,
    {code: 'UP_ALREADY', fix: 'mcos status', exit: EXIT.failed},
  )
}
