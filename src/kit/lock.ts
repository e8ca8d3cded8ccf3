import {existsSync, renameSync, utimesSync} from 'node:fs'
import {type Clock, steadyMs} from './clock.js'
import {UserError} from './errors.js'
import {countOn, readFence} from './fence.js'
import {type Folder, openFolder} from './folder.js'
import {newId} from './ids.js'
import {isStale, type LockHolder, readHolder} from './lock-holder.js'
import {clearStray, evict, giveBack, type LockPlace, openLockPlace, putInPlace, writeHolder} from './lock-place.js'
import {thisProcess} from './process-identity.js'
import {fenced, insistOnStaging, type Staging} from './staging.js'
import {errnoOf, storageError} from './storage-error.js'

export type {LockHolder} from './lock-holder.js'

/**
 * A lock is a folder, `locks/NAME.lock`, prepared aside and put in place by one rename. A rename onto a missing or an
 * empty folder succeeds for exactly one process; ENOTEMPTY means held. The folder holds one file, `ID.json`, that names
 * the holder, and its time of change plus the lease is how long an unseen or frozen holder is believed.
 *
 * Nobody can remove another's live lock: release and takeover only ever unlink one holder's own `ID.json`, and an empty
 * folder is free anyway. A takeover first renames the old holder's `staging/ID/` away. Every durable write under a lock
 * is prepared in that folder and renamed out of it by path, so the old holder, should it wake up, can't place anything
 * any more: its rename finds no folder and becomes FENCED. `NAME.fence/N` counts the holders for whoever has to compare.
 *
 * Nothing here is synced: a power cut ends every holder, and the next one sees another boot.
 */
export interface Lock {
  readonly name: string
  readonly id: string
  /** One more than the holder before had. */
  readonly fence: number
  /** What durable writes under this lock are given, so that they fail once it is lost. */
  readonly staging: Staging
  isHeld(): boolean
  /** Starts the lease anew; FENCED when the lock is already another's. */
  renew(): void
  /** Does nothing to a lock that another has taken over. */
  release(): void
}

export interface LockOptions {
  readonly clock: Clock
  /** How long a holder that doesn't move is believed; one that is dead for certain isn't waited for. */
  readonly leaseMs?: number
}

export interface WaitOptions extends LockOptions {
  readonly timeoutMs?: number
  readonly pollMs?: number
}

const ATTEMPTS = 100

/** How soon somebody who waits finds out that the holder has died or that its lease is past. */
const JUDGE_EVERY_MS = 100

/** Takes a lock if it is free or its holder is gone, and tells who has it otherwise. */
export function tryLock(
  mcos: Folder | string,
  name: string,
  {clock, leaseMs = 60_000}: LockOptions,
): {readonly lock: Lock} | {readonly holder: LockHolder} {
  const folder = typeof mcos === 'string' ? openFolder(mcos) : mcos
  const place = openLockPlace(folder, name)
  try {
    // Another process may come and go between two looks; each round somebody gets on, so this ends.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const holder = readHolder(place.dir)
      if (holder && !isStale(holder, clock.now())) return {holder}
      if (holder) evict(place, holder.id, clock.now())
      else clearStray(place)
      const lock = claim(place, {clock, leaseMs})
      if (lock) return {lock}
    }
  } catch (error) {
    throw storageError(error, {path: place.dir, work: 'write'})
  }
  throw busy(name, null)
}

/** Takes a lock as soon as it is free; BUSY once the time is over. Blocks, as durable file work does. */
export function waitForLock(
  mcos: Folder | string,
  name: string,
  {timeoutMs = 20_000, pollMs = 5, ...options}: WaitOptions,
): Lock {
  const folder = typeof mcos === 'string' ? openFolder(mcos) : mcos
  const deadline = steadyMs() + timeoutMs
  for (;;) {
    const answer = tryLock(folder, name, options)
    if ('lock' in answer) return answer.lock
    const leftMs = deadline - steadyMs()
    if (leftMs <= 0) throw busy(name, answer.holder)
    const file = `${folder.dir}/locks/${name}.lock/${answer.holder.id}.json`
    sleepWhileThere(file, {pollMs, forMs: Math.min(leftMs, JUDGE_EVERY_MS)})
  }
}

/** A look whether the file is still there costs a hundredth of judging its holder again. */
function sleepWhileThere(file: string, {pollMs, forMs}: {pollMs: number; forMs: number}): void {
  const deadline = steadyMs() + forMs
  for (;;) {
    const leftMs = deadline - steadyMs()
    if (leftMs <= 0 || !existsSync(file)) return
    // Unequal pauses, or all who wait would knock at the same moments.
    sleep(Math.min(leftMs, pollMs * (0.5 + Math.random())))
  }
}

function claim(place: LockPlace, {clock, leaseMs}: Required<LockOptions>): Lock | null {
  const id = newId(clock)
  const since = clock.now()
  const holder = {id, ...thisProcess(), since, leaseMs}
  const guess = (readFence(place.fenceDir) ?? 0) + 1
  if (!putInPlace(place, {id, text: format({...holder, fence: guess}), renewedMs: since})) return null
  try {
    const fence = countOn(place.fenceDir)
    if (fence !== guess) rewriteHolder(place, {id, text: format({...holder, fence}), renewedMs: since})
    const lock = heldLock(place, {id, fence, clock})
    if (lock.isHeld()) return lock
  } catch (error) {
    const isFenced = errnoOf(error) === 'ENOENT' && !existsSync(`${place.stagingRoot}/${id}`)
    if (!isFenced) {
      giveBack(place, id)
      throw error
    }
  }
  // Taken over before it was even complete: as if it had never been ours.
  giveBack(place, id)
  return null
}

function rewriteHolder(place: LockPlace, holder: {id: string; text: string; renewedMs: number}): void {
  const temp = `${place.stagingRoot}/${holder.id}/holder`
  writeHolder(temp, holder)
  renameSync(temp, `${place.dir}/${holder.id}.json`)
}

function heldLock(place: LockPlace, {id, fence, clock}: {id: string; fence: number; clock: Clock}): Lock {
  const own = `${place.dir}/${id}.json`
  const staging = {dir: `${place.stagingRoot}/${id}`}
  return {
    name: place.name,
    id,
    fence,
    staging,
    isHeld: () => existsSync(staging.dir) && existsSync(own),
    renew() {
      insistOnStaging(staging, own)
      const now = clock.now() / 1000
      try {
        utimesSync(own, now, now)
      } catch (error) {
        throw errnoOf(error) === 'ENOENT' ? fenced(own) : storageError(error, {path: own, work: 'write'})
      }
    },
    release: () => giveBack(place, id),
  }
}

function format(holder: object): string {
  return `${JSON.stringify(holder)}\n`
}

function busy(name: string, holder: LockHolder | null): UserError {
  const who = holder ? ` by process ${holder.pid} on ${holder.host} since ${new Date(holder.since).toISOString()}` : ''
  return new UserError(`${name} is being worked on${who}.`, {
    code: 'BUSY',
    fix: 'Wait until it is done, then run the same command again.',
  })
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
