import {
  copyFileSync,
  linkSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {steadyMs} from '../kit/clock.js'
import {unlinkIfThere} from '../kit/if-there.js'
import {errnoOf} from '../kit/storage-error.js'
import {withoutFilters} from './allowed-config.js'
import {git} from './plumbing.js'
import type {Repository} from './repository.js'

/** What a path's entry in the index becomes; the path counts from the top of the repository. */
export interface IndexEdit {
  readonly path: string
  readonly to: {readonly mode: string; readonly oid: string} | null
}

const OURS = 'mcos-index-'

/** Tells one state of the index from another without reading it. */
export function indexMark({gitDir}: Repository): string {
  const found = lstatSync(path.join(gitDir, 'index'), {throwIfNoEntry: false, bigint: true})
  return found ? `${found.ino}:${found.size}:${found.mtimeNs}` : 'none'
}

/**
 * Changes some entries while a person's git is kept out, and leaves all others as they were staged. False when a
 * person's git holds the index for longer than `waitMs`.
 *
 * git would work on `index.lock` itself, and a kill would leave it there with nothing to tell whose it was. So the lock
 * is a hard link to a file of our own name, git works on a copy, and whoever comes after a kill knows what to remove.
 */
export function editIndex(
  repository: Repository,
  {id, waitMs, edits}: {id: string; waitMs: number; edits: () => readonly IndexEdit[]},
): boolean {
  const at = (name: string) => path.join(repository.gitDir, name)
  const [own, copy] = [at(`${OURS}${id}`), at(`${OURS}${id}.new`)]
  writeFileSync(own, '')
  try {
    if (!linkPatiently(own, {repository, waitMs})) return false
    try {
      const wanted = edits()
      if (wanted.length === 0) return true
      copyIfThere(at('index'), copy)
      git(repository, ['update-index', '-z', '--index-info'], {
        input: formatIndexInfo(wanted, repository.hash),
        env: {GIT_INDEX_FILE: copy},
        // Entries as young as the index are compared with the disk when it is written, and filters would run for that.
        config: withoutFilters(repository.config, []),
      })
      renameSync(copy, at('index'))
      return true
    } finally {
      for (const file of [copy, `${copy}.lock`]) unlinkIfThere(file)
      unlinkIfThere(at('index.lock'))
    }
  } finally {
    unlinkIfThere(own)
  }
}

/** Removes what a killed process of ours left beside the index, its lock included; `own` is still in use. */
export function sweepIndexLeftovers({gitDir}: Repository, own?: string): void {
  const lock = statSync(path.join(gitDir, 'index.lock'), {throwIfNoEntry: false})
  for (const name of readdirSync(gitDir).filter((entry) => entry.startsWith(OURS))) {
    const file = path.join(gitDir, name)
    if (file === own) continue
    if (lock && statSync(file, {throwIfNoEntry: false})?.ino === lock.ino)
      rmSync(path.join(gitDir, 'index.lock'), {force: true})
    rmSync(file, {force: true})
  }
}

/** The input of `update-index -z --index-info`. */
function formatIndexInfo(edits: readonly IndexEdit[], hash: Repository['hash']): string {
  const nothing = '0'.repeat(hash === 'sha256' ? 64 : 40)
  return edits.map(({path: name, to}) => (to ? `${to.mode} ${to.oid}\t${name}\0` : `0 ${nothing}\t${name}\0`)).join('')
}

function linkPatiently(own: string, {repository, waitMs}: {repository: Repository; waitMs: number}): boolean {
  const deadline = steadyMs() + waitMs
  const lock = path.join(repository.gitDir, 'index.lock')
  for (;;) {
    try {
      linkSync(own, lock)
      return true
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
    }
    // Whoever edits the index holds the commit lock: a lock of ours that is not this one is a killed process's.
    sweepIndexLeftovers(repository, own)
    if (steadyMs() >= deadline) return false
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15)
  }
}

/** With its time: an index younger than an edit made within the same second would hide that edit from git for good. */
function copyIfThere(from: string, to: string): void {
  try {
    copyFileSync(from, to)
    const {atime, mtime} = statSync(from)
    utimesSync(to, atime, mtime)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}
