import {readdirSync, readFileSync, readlinkSync, rmSync, statSync} from 'node:fs'
import path from 'node:path'
import {errnoOf} from '../kit/storage-error.js'
import type {Repository} from './repository.js'
import {readState} from './repository-state.js'

// git holds these for the blink of an eye; nothing that lives needs so long, on however slow a disk.
const LEFT_BEHIND_MS = 5000
// After a kill, and where no git is to be seen at work here: for one that can't be seen, in another container.
const UNSEEN_MS = 300

/**
 * Removes the lock that a git of ours left on the branch when a whole machine's worth of processes was killed with it.
 * Only asked for by who holds the commit lock and has met such a lock, or knows of such a kill and needn't be so patient.
 */
export function sweepRefLocks(repository: Repository, {wasKilled}: {readonly wasKilled: boolean}): void {
  const {branch} = readState(repository)
  if (branch === null) return
  for (const lock of [path.join(repository.commonDir, `${branch}.lock`), path.join(repository.gitDir, 'HEAD.lock')]) {
    const ageMs = ageOf(lock)
    if (ageMs === null) continue
    if (ageMs <= LEFT_BEHIND_MS) {
      if (!wasKilled || isGitAtWork(repository)) continue
      sleep(UNSEEN_MS - Math.max(0, ageMs))
      if ((ageOf(lock) ?? 0) < UNSEEN_MS) continue
    }
    rmSync(lock, {force: true})
  }
}

function ageOf(file: string): number | null {
  const found = statSync(file, {throwIfNoEntry: false})
  return found ? Date.now() - found.mtimeMs : null
}

/** Whether a git runs in this work tree; where that can't be found out, one may. */
function isGitAtWork({root, gitDir}: Repository): boolean {
  if (process.platform !== 'linux') return true
  const isInside = (dir: string) => [root, gitDir].some((top) => dir === top || dir.startsWith(`${top}/`))
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && isGit(pid) && isInside(workingFolder(pid, root)))
}

function isGit(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('git')
  } catch {
    // It has ended meanwhile.
    return false
  }
}

/** Another user's git doesn't say where it works: then it may be here. */
function workingFolder(pid: string, root: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch (error) {
    return errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ESRCH' ? '' : root
  }
}

function sleep(ms: number): void {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
