import {readdirSync, readFileSync, readlinkSync, rmSync, statSync} from 'node:fs'
import path from 'node:path'
import {namesIn} from '../kit/if-there.js'
import {errnoOf} from '../kit/storage-error.js'
import type {Repository} from './repository.js'
import {readState} from './repository-state.js'

// git holds these for the blink of an eye; nothing that lives needs so long, on however slow a disk.
const LEFT_BEHIND_MS = 5000
// After a kill, and where no git is to be seen at work here: for one that can't be seen, in another container.
const UNSEEN_MS = 300

/**
 * Removes what a git of ours left when a whole machine's worth of processes was killed with it: the lock on the branch,
 * and the note that keeps a pack, over which the same import stumbles when it is done again. Only asked for by who holds
 * the commit lock and has met such a thing, or knows of such a kill and needn't be so patient.
 */
export function sweepKilledGit(repository: Repository, {wasKilled}: {readonly wasKilled: boolean}): void {
  for (const file of [...branchLocks(repository), ...keepNotes(repository)]) {
    const ageMs = ageOf(file)
    if (ageMs === null) continue
    if (ageMs <= LEFT_BEHIND_MS) {
      if (!wasKilled || isGitAtWork(repository)) continue
      sleep(UNSEEN_MS - Math.max(0, ageMs))
      if ((ageOf(file) ?? 0) < UNSEEN_MS) continue
    }
    rmSync(file, {force: true})
  }
}

function branchLocks(repository: Repository): string[] {
  const {branch} = readState(repository)
  if (branch === null) return []
  return [path.join(repository.commonDir, `${branch}.lock`), path.join(repository.gitDir, 'HEAD.lock')]
}

/** Those of `git fast-import`, which takes them away itself at its end; a person's own say something else. */
function keepNotes({commonDir}: Repository): string[] {
  const packs = path.join(commonDir, 'objects/pack')
  return namesIn(packs)
    .filter((name) => name.endsWith('.keep'))
    .map((name) => path.join(packs, name))
    .filter((file) => ['', 'fast-import'].includes(textOf(file).trim()))
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Gone, or not ours to read: then it is not ours to remove.
    return 'unknown'
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
