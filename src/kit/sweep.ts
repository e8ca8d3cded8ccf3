import {rmdirSync, rmSync, statSync} from 'node:fs'
import type {Folder} from './folder.js'
import {namesIn, unlinkIfThere} from './if-there.js'
import {deadLocks, deadStaging, tempLeftovers} from './leftovers.js'
import {evict, openLockPlace} from './lock-place.js'
import {errnoOf} from './storage-error.js'

/** Tells when `.mcos` was last searched for half-written files; its time of change is all that is in it. */
const MARK = 'cache/swept'
const SEARCH_EVERY_MS = 3_600_000

export interface SweepFacts {
  readonly now: number
  /** Where else half-written files of mcos may lie, as absolute paths; only asked when they are looked for. */
  folders(): readonly string[]
}

/**
 * Clears `.mcos` of what killed processes left: dead holders' locks and abandoned staging folders at a glance, and
 * about once an hour half-written files, for which everything has to be looked through.
 */
export function sweepLeftovers(mcos: Folder, {now, folders}: SweepFacts): void {
  const locks = namesIn(`${mcos.dir}/locks`).filter((name) => name.endsWith('.lock'))
  if (locks.length > 0) sweepLocks(mcos, locks, now)
  // Times of change are the disk's, whatever clock the fleet goes by.
  const today = Date.now()
  if (namesIn(`${mcos.dir}/staging`).length > 0) {
    for (const dir of deadStaging(mcos.dir, today)) rmSync(dir, {force: true, recursive: true})
  }
  if (isSearchDue(mcos, today)) sweepTemps(mcos, {folders: folders(), now: today})
}

function sweepLocks(mcos: Folder, locks: readonly string[], now: number): void {
  for (const {name, holder} of deadLocks(mcos.dir, now)) evict(openLockPlace(mcos, name), holder.id, now)
  for (const name of locks) removeIfEmpty(`${mcos.dir}/locks/${name}`)
}

/** An empty lock folder is a free lock; whoever takes it at this moment puts a full one in its place. */
function removeIfEmpty(dir: string): void {
  try {
    rmdirSync(dir)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errnoOf(error) ?? '')) throw error
  }
}

function isSearchDue(mcos: Folder, now: number): boolean {
  const last = statSync(`${mcos.dir}/${MARK}`, {throwIfNoEntry: false})?.mtimeMs
  // A mark from the future is one of a clock that has been put right since.
  return last === undefined || Math.abs(now - last) > SEARCH_EVERY_MS
}

function sweepTemps(mcos: Folder, {folders, now}: {folders: readonly string[]; now: number}): void {
  for (const dir of [mcos.dir, ...folders]) {
    // What a lock's holder is writing goes with its staging folder, should it be killed.
    const temps = tempLeftovers(dir, now).filter((path) => dir !== mcos.dir || !path.startsWith('staging/'))
    for (const path of temps) unlinkIfThere(`${dir}/${path}`)
  }
  mcos.write(MARK, '', {sync: false})
}
