import {setTimeout as sleep} from 'node:timers/promises'
import {steadyMs} from '../../kit/clock.js'
import {UserError} from '../../kit/errors.js'
import {keepAlive} from '../../kit/keep-alive.js'
import {type Lock, type LockHolder, tryLock} from '../../kit/lock.js'
import type {Seat} from './seat.js'

/** An agent that this process alone works on, until it lets go. */
export interface HeldAgent {
  readonly lock: Lock
  release(): void
}

const LOOK_EVERY_MS = 150

/**
 * Takes an agent's lock under the name that heartbeats take. A person waits for who has it, and is told so; null when the
 * waiting was interrupted.
 */
export async function holdAgent({fleet, agent, signal, notice, patienceMs}: Seat): Promise<HeldAgent | null> {
  const deadline = steadyMs() + patienceMs
  for (let isTold = false; !signal.aborted; isTold = true) {
    const attempt = tryLock(fleet.mcos, agent.name, {clock: fleet.clock})
    if ('lock' in attempt) return kept(attempt.lock)
    const who = `${agent.name} is being worked on by process ${attempt.holder.pid} ${sinceWhen(attempt.holder)}`
    if (steadyMs() >= deadline) throw busy(who)
    if (!isTold) notice(`${who}; waiting up to ${Math.round(patienceMs / 1000)} s.`)
    await sleep(LOOK_EVERY_MS)
  }
  return null
}

function kept(lock: Lock): HeldAgent {
  const letGo = keepAlive(lock)
  return {
    lock,
    release() {
      letGo()
      lock.release()
    },
  }
}

function sinceWhen({host, since}: LockHolder): string {
  return `on ${host} since ${new Date(since).toISOString()}`
}

function busy(who: string): UserError {
  return new UserError(`${who}.`, {
    code: 'BUSY',
    fix: 'Wait until it is done, then run the same command again.',
  })
}
