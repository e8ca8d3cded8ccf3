import {
  closeSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import type {Folder} from './folder.js'
import {isUlid} from './ids.js'
import {strayFiles} from './lock-holder.js'
import {errnoOf, refusedPath} from './storage-error.js'

/** The paths of one lock below `.mcos`. */
export interface LockPlace {
  readonly name: string
  /** The folder whose one file names the holder. */
  readonly dir: string
  readonly fenceFile: string
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
  return {name, dir: `${locks}/${name}.lock`, fenceFile: `${locks}/${name}.fence`, stagingRoot}
}

/** Prepares the lock folder aside, in the staging folder, and tries to put it in place; false when another was first. */
export function putInPlace(place: LockPlace, claim: {id: string; text: string; renewedMs: number}): boolean {
  const staging = `${place.stagingRoot}/${claim.id}`
  const prepared = `${staging}/${place.name}.lock`
  mkdirSync(staging)
  try {
    mkdirSync(prepared)
    writeHolder(`${prepared}/${claim.id}.json`, claim)
    return tryRename(prepared, place.dir)
  } catch (error) {
    dropStaging(staging)
    throw error
  }
}

function tryRename(prepared: string, dir: string): boolean {
  try {
    renameSync(prepared, dir)
    return true
  } catch (error) {
    const errno = errnoOf(error)
    // ENOENT: this process slept so long that its staging folder was swept away.
    if (errno === 'ENOTEMPTY' || errno === 'EEXIST' || errno === 'ENOENT') return false
    throw error
  }
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

/** How many holders there have been; a damaged count starts again above anything it can have been. */
export function readFence({fenceFile}: LockPlace, now: number): number {
  try {
    const text = readFileSync(fenceFile, 'utf8').trim()
    return /^\d{1,15}$/.test(text) ? Number(text) : now
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0
    throw error
  }
}

/** Out of the staging folder, so that who has been taken over can't turn the count back. */
export function writeFence(place: LockPlace, {id, fence}: {id: string; fence: number}): void {
  const temp = `${place.stagingRoot}/${id}/fence`
  writeFileSync(temp, `${fence}\n`)
  renameSync(temp, place.fenceFile)
}

/** Frees the lock of a holder that is gone: its staging folder first, then the one file that is its own. */
export function evict(place: LockPlace, id: string, now: number): void {
  if (isUlid(id)) {
    const away = `${place.stagingRoot}/${id}.gone-${process.pid}`
    const isAway = renameIfThere(`${place.stagingRoot}/${id}`, away)
    unlinkIfThere(`${place.dir}/${id}.json`)
    if (isAway) dropStaging(away)
  } else {
    unlinkIfThere(`${place.dir}/${id}.json`)
  }
  sweepStaging(place, now)
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

export function dropStaging(dir: string): void {
  try {
    rmdirSync(dir)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return
    rmSync(dir, {force: true, recursive: true})
  }
}

const SWEEP_AFTER_MS = 3_600_000

/** Removes what processes left behind that were killed while they took a lock; one that is only slow tries again. */
function sweepStaging({dir, stagingRoot}: LockPlace, now: number): void {
  const old = readdirSync(stagingRoot).filter((name) => ageOf(`${stagingRoot}/${name}`, now) > SWEEP_AFTER_MS)
  if (old.length === 0) return
  const locks = `${dir}/..`
  const held = new Set(
    readdirSync(locks)
      .filter((name) => name.endsWith('.lock'))
      .flatMap((name) => readdirIfThere(`${locks}/${name}`).map((file) => file.replace(/\.json$/, ''))),
  )
  for (const name of old) if (!held.has(name)) dropStaging(`${stagingRoot}/${name}`)
}

function ageOf(path: string, now: number): number {
  return now - (statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? now)
}

function readdirIfThere(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

function renameIfThere(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}
