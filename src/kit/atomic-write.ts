import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'
import {UserError} from './errors.js'
import {contentHash} from './hash.js'
import type {OpenFolder} from './open-path.js'
import {readFileIn} from './read-file.js'
import {insistOnStaging, type Staging} from './staging.js'
import {errnoOf, refusedPath} from './storage-error.js'

export interface WriteOptions {
  /** Permission bits; an existing file keeps its own when this is left out. */
  readonly mode?: number
  /** Off only for what may be lost with the power, such as caches. */
  readonly sync?: boolean
  /** The contentHash the file must have now, null when there must be none; anything else is a CONFLICT. */
  readonly expect?: string | null
  readonly staging?: Staging
}

/** One name in an open folder, with the path that people are shown. */
export interface Target {
  readonly folder: OpenFolder
  readonly name: string
  readonly path: string
}

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

export const TEMP_PREFIX = '.mcos-tmp-'

let tempCount = 0

/** A name no other process uses; leftovers of killed writers are recognised by its beginning. */
export function tempName(): string {
  tempCount++
  return `${TEMP_PREFIX}${process.pid}-${tempCount.toString(36)}${Math.random().toString(36).slice(2, 10)}`
}

/** Replaces a whole file: readers see the old bytes or the new ones, also after a kill or a power cut. */
export function writeAtomically(target: Target, content: string | Uint8Array, options: WriteOptions): void {
  const {staging} = options
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  if (!staging) {
    writeThrough(target.folder.at(tempName()), bytes, {target, options})
    return
  }
  try {
    writeThrough(`${staging.dir}/${tempName()}`, bytes, {target, options})
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') insistOnStaging(staging, target.path)
    if (errno !== 'EXDEV') throw error
    // The workspace lies on another disk than the staging folder: the fence is then a look instead of a failing rename.
    const beforePlacing = () => insistOnStaging(staging, target.path)
    writeThrough(target.folder.at(tempName()), bytes, {target, options, beforePlacing})
  }
}

interface Work {
  readonly target: Target
  readonly options: WriteOptions
  readonly beforePlacing?: () => void
}

function writeThrough(temp: string, bytes: Uint8Array, {target, options, beforePlacing}: Work): void {
  const existing = insistOnReplaceable(target)
  const mode = options.mode ?? (existing ? existing.mode & 0o7777 : undefined)
  try {
    writeTemp(temp, bytes, {mode, sync: options.sync !== false})
    if (typeof options.expect === 'string') insistOnContent(target, options.expect)
    beforePlacing?.()
    if (options.expect === null) placeNew(temp, target)
    else renameSync(temp, target.folder.at(target.name))
  } catch (error) {
    removeTemp(temp)
    throw error
  }
  if (options.sync !== false) fsyncSync(target.folder.fd)
}

function insistOnReplaceable({folder, name, path}: Target): Stats | undefined {
  const existing = lstatSync(folder.at(name), {throwIfNoEntry: false})
  if (existing?.isSymbolicLink()) throw refusedPath('link', path)
  if (existing && !existing.isFile()) throw refusedPath('not-file', path)
  return existing
}

function writeTemp(temp: string, bytes: Uint8Array, {mode, sync}: {mode: number | undefined; sync: boolean}): void {
  const fd = openSync(temp, CREATE, mode === undefined ? 0o666 : mode & 0o777)
  try {
    // The umask may have taken bits that were asked for.
    if (mode !== undefined) fchmodSync(fd, mode)
    let written = 0
    while (written < bytes.length) written += writeSync(fd, bytes, written)
    if (sync) fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** A link never overwrites, so of two who create the same file one is told. */
function placeNew(temp: string, target: Target): void {
  const path = target.folder.at(target.name)
  try {
    linkSync(temp, path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'EEXIST') throw conflict(target.path, 'it is already there')
    if (!errno || !NO_LINKS.has(errno)) throw error
    // A disk without hard links (FAT, some network shares): looking first is the best there is.
    if (insistOnReplaceable(target)) throw conflict(target.path, 'it is already there')
    renameSync(temp, path)
    return
  }
  unlinkSync(temp)
}

/** What link(2) answers where a disk has no hard links. */
export const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Compares what is on the disk with what the caller read before. */
export function insistOnContent({folder, name, path}: Target, expected: string): void {
  const now = readFileIn(folder, name, {path, maxBytes: Number.MAX_SAFE_INTEGER})
  if (now === null) throw conflict(path, 'it is gone')
  if (contentHash(now) !== expected) throw conflict(path, 'somebody else has changed it')
}

export function conflict(path: string, why: string): UserError {
  return new UserError(`${path} was not changed: ${why} since it was read.`, {
    code: 'CONFLICT',
    fix: 'Run the same command again; it starts from what is there now.',
  })
}

function removeTemp(temp: string): void {
  try {
    unlinkSync(temp)
  } catch {
    // It was never made, was already placed, or went with its staging folder; the first error is the one to tell.
  }
}
