import type {Clock} from '../kit/clock.js'
import type {Folder} from '../kit/folder.js'
import {type Lock, waitForLock} from '../kit/lock.js'
import {isStale, readHolder} from '../kit/lock-holder.js'
import {sweepIndexLeftovers} from './index-entries.js'
import {sweepKilledGit} from './killed-git.js'
import {COMMIT_LOCK} from './leftover.js'
import type {Repository} from './repository.js'

/** Whether the last who committed was killed in the middle of it; costs one look where nobody commits. */
export function isCommitterDead(mcosDir: string, {clock}: {readonly clock: Clock}): boolean {
  const holder = readHolder(`${mcosDir}/locks/${COMMIT_LOCK}.lock`)
  return holder !== null && isStale(holder, clock.now())
}

/** Waits for the right to commit, and first clears away what one who was killed has left in git. */
export function takeCommitLock(mcos: Folder, {clock, repository}: {clock: Clock; repository(): Repository}): Lock {
  const wasKilled = isCommitterDead(mcos.dir, {clock})
  const lock = waitForLock(mcos, COMMIT_LOCK, {clock, timeoutMs: 20_000, pollMs: 5})
  if (!wasKilled) return lock
  try {
    sweepGit(repository())
    return lock
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Removes the locks that a killed git of ours left on the branch, or we on the index; only with the commit lock in hand. */
export function sweepGit(repository: Repository): void {
  sweepIndexLeftovers(repository)
  sweepKilledGit(repository, {wasKilled: true})
}
