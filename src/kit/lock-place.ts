import {closeSync, existsSync, futimesSync, lstatSync, mkdirSync, openSync, rmdirSync, rmSync, writeSync} from 'node:fs'
import type {Folder} from './folder.js'
import {isUlid} from './ids.js'
import {renameIfThere, unlinkIfThere} from './if-there.js'
import {strayFiles} from './lock-holder.js'
import {abandonedStaging} from './lock-sweep.js'
import {errnoOf, refusedPath} from './storage-error.js'

/** The paths of one lock below `.mcos`. */
export interface LockPlace {
  readonly name: string
  /** The folder whose one file names the holder. */
  readonly dir: string
  /** The folder whose one empty file is named after the number of holders so far. */
  readonly fenceDir: string
  readonly stagingRoot: string
}

/** Finds a lock's paths and makes the two folders they live in. */
export function openLockPlace(mcos: Folder, name: string): LockPlace {
  if (!/^[\w-][\w.-]*$/.test(name)) throw new TypeError(`not a lock's name: ${name}`)
  for (const part of ['locks', 'staging']) {
    const found = lstatSync(`${mcos.dir}/${part}`, {throwIfNoEntry: false})
    if (!found) mcos.makeFolder(part)
    else if (!found.isDirectory())
      throw refusedPath(found.isSymbolicLink() ? 'link' : 'not-folder', `${mcos.dir}/${part}`)
  }
  const locks = `${mcos.dir}/locks`
  const stagingRoot = `${mcos.dir}/staging`
  return {name, dir: `${locks}/${name}.lock`, fenceDir: `${locks}/${name}.fence`, stagingRoot}
}

/** Prepares the lock folder aside, in the staging folder, and tries to put it in place; false when another was first. */
export function putInPlace(place: LockPlace, claim: {id: string; text: string; renewedMs: number}): boolean {
  const staging = `${place.stagingRoot}/${claim.id}`
  const prepared = `${staging}/${place.name}.lock`
  mkdirSync(staging)
  try {
    mkdirSync(prepared)
    writeHolder(`${prepared}/${claim.id}.json`, claim)
    // Nothing to rename: this process slept so long that its staging folder was swept away.
    if (renameIfThere(prepared, place.dir)) return true
  } catch (error) {
    const errno = errnoOf(error)
    // Not even its own folder any more: it slept so long that this was swept away.
    if (errno === 'ENOENT' && !existsSync(staging)) return false
    if (errno !== 'ENOTEMPTY' && errno !== 'EEXIST') {
      dropStaging(staging)
      throw error
    }
    // The usual end of a race, so cleared up by what is known to be there.
    unlinkIfThere(`${prepared}/${claim.id}.json`)
    rmdirSync(prepared)
  }
  dropStaging(staging)
  return false
}

/** Writes the file that names a holder; its time of change is the lease's beginning. */
export function writeHolder(file: string, {text, renewedMs}: {text: string; renewedMs: number}): void {
  const fd = openSync(file, 'w')
  try {
    writeSync(fd, text)
    futimesSync(fd, renewedMs / 1000, renewedMs / 1000)
  } finally {
    closeSync(fd)
  }
}

/** Frees the lock of a holder that is gone: its staging folder first, then the one file that is its own. */
export function evict(place: LockPlace, id: string, now: number): void {
  if (isUlid(id)) {
    const away = `${place.stagingRoot}/${id}.gone-${Math.random().toString(36).slice(2)}`
    const isAway = renameIfThere(`${place.stagingRoot}/${id}`, away)
    unlinkIfThere(`${place.dir}/${id}.json`)
    if (isAway) dropStaging(away)
  } else {
    unlinkIfThere(`${place.dir}/${id}.json`)
  }
  for (const dir of abandonedStaging(place, now)) dropStaging(dir)
}

/** Takes away what keeps a free lock folder from being empty. */
export function clearStray({dir}: LockPlace): void {
  for (const name of strayFiles(dir)) rmSync(`${dir}/${name}`, {force: true, recursive: true})
}

/** Gives the lock back; once the own file is gone, nothing that belongs to another is touched. */
export function giveBack(place: LockPlace, id: string): void {
  dropStaging(`${place.stagingRoot}/${id}`)
  unlinkIfThere(`${place.dir}/${id}.json`)
  try {
    rmdirSync(place.dir)
  } catch (error) {
    const errno = errnoOf(error)
    // Not empty: the next holder is already in. Not there: somebody tidied up first.
    if (errno !== 'ENOTEMPTY' && errno !== 'EEXIST' && errno !== 'ENOENT') throw error
  }
}

/** Removes a staging folder and what a killed or late holder left in it. */
function dropStaging(dir: string): void {
  try {
    rmdirSync(dir)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return
    rmSync(dir, {force: true, recursive: true})
  }
}
