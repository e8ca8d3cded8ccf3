import {fsyncSync, linkSync, lstatSync, renameSync} from 'node:fs'
import {conflict, insistOnContent, NO_LINKS, type Target, tempName} from './atomic-write.js'
import {unlinkIfThere} from './if-there.js'
import {insistOnStaging, type Staging} from './staging.js'
import {errnoOf, refusedPath} from './storage-error.js'

export interface MoveOptions {
  readonly sync?: boolean
  readonly staging?: Staging
}

export interface RemoveOptions extends MoveOptions {
  /** The contentHash the file must have now; anything else is a CONFLICT. */
  readonly expect?: string
}

/**
 * Moves a file or folder to a name that must be free. A file is linked and then unlinked, as a rename would overwrite;
 * killed in between it has both names, and the same move asked for again finishes it.
 */
export function moveEntry(from: Target, to: Target, {sync = true, staging}: MoveOptions): void {
  const source = lstatSync(from.folder.at(from.name), {throwIfNoEntry: false})
  if (!source) throw conflict(from.path, 'it is gone')
  if (source.isSymbolicLink()) throw refusedPath('link', from.path)
  if (from.path === to.path) return
  const taken = lstatSync(to.folder.at(to.name), {throwIfNoEntry: false})
  const isSame = taken?.ino === source.ino && taken.dev === source.dev
  if (taken && !isSame) throw refusedPath('taken', to.path)
  // One name that answers to both spellings, on a disk that ignores letter case, is renamed like a folder.
  if (!source.isFile() || (isSame && source.nlink < 2)) renameEntry(from, to, staging)
  else {
    if (!taken) giveName(from, to, staging)
    dropName(from, staging)
  }
  if (!sync) return
  // The new name first: a power cut in between leaves two names, never none.
  fsyncSync(to.folder.fd)
  fsyncSync(from.folder.fd)
}

function renameEntry(from: Target, to: Target, staging: Staging | undefined): void {
  if (staging) insistOnStaging(staging, to.path)
  renameSync(from.folder.at(from.name), to.folder.at(to.name))
}

/** Gives a file its second name; under a lock by way of the staging folder, so that a late holder can't. */
function giveName(from: Target, to: Target, staging: Staging | undefined): void {
  const source = from.folder.at(from.name)
  const via = staging && `${staging.dir}/${tempName()}`
  try {
    if (via) linkSync(source, via)
    linkSync(via ?? source, to.folder.at(to.name))
  } catch (error) {
    const errno = errnoOf(error)
    if (staging) insistOnStaging(staging, to.path)
    if (!errno || !(NO_LINKS.has(errno) || errno === 'EXDEV')) throw error
    // No hard links here, or another disk than the staging folder's: the look above is the best fence there is.
    renameSync(source, to.folder.at(to.name))
  } finally {
    if (via) unlinkIfThere(via)
  }
}

/** Removes a file (or a link itself, never what it points to); one that isn't there is fine. */
export function removeEntry(target: Target, {sync = true, staging, expect}: RemoveOptions): void {
  const path = target.folder.at(target.name)
  const found = lstatSync(path, {throwIfNoEntry: false})
  if (!found) return
  if (found.isDirectory()) throw refusedPath('not-file', target.path)
  if (expect !== undefined) insistOnContent(target, expect)
  dropName(target, staging)
  if (sync) fsyncSync(target.folder.fd)
}

/** Under a lock by way of the staging folder, so that a holder who lost it removes nothing. */
function dropName(target: Target, staging: Staging | undefined): void {
  if (!staging) {
    unlinkIfThere(target.folder.at(target.name))
    return
  }
  const away = `${staging.dir}/${tempName()}`
  try {
    renameSync(target.folder.at(target.name), away)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno !== 'ENOENT' && errno !== 'EXDEV') throw error
    insistOnStaging(staging, target.path)
    unlinkIfThere(target.folder.at(target.name))
    return
  }
  unlinkIfThere(away)
}
