import {fsyncSync, linkSync, lstatSync, renameSync, unlinkSync} from 'node:fs'
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
  const taken = lstatSync(to.folder.at(to.name), {throwIfNoEntry: false})
  if (taken && !(source.isFile() && taken.ino === source.ino && taken.dev === source.dev)) {
    throw refusedPath('taken', to.path)
  }
  if (staging) insistOnStaging(staging, to.path)
  if (!source.isFile()) renameSync(from.folder.at(from.name), to.folder.at(to.name))
  else if (taken) unlinkSync(from.folder.at(from.name))
  else moveFile(from, to)
  if (!sync) return
  // The new name first: a power cut in between leaves two names, never none.
  fsyncSync(to.folder.fd)
  fsyncSync(from.folder.fd)
}

function moveFile(from: Target, to: Target): void {
  try {
    linkSync(from.folder.at(from.name), to.folder.at(to.name))
  } catch (error) {
    const errno = errnoOf(error)
    if (!errno || !NO_LINKS.has(errno)) throw error
    renameSync(from.folder.at(from.name), to.folder.at(to.name))
    return
  }
  unlinkSync(from.folder.at(from.name))
}

/** Removes a file (or a link itself, never what it points to); one that isn't there is fine. */
export function removeEntry(target: Target, {sync = true, staging, expect}: RemoveOptions): void {
  const path = target.folder.at(target.name)
  const found = lstatSync(path, {throwIfNoEntry: false})
  if (!found) return
  if (found.isDirectory()) throw refusedPath('not-file', target.path)
  if (expect !== undefined) insistOnContent(target, expect)
  if (staging) removeFenced(target, staging)
  else unlinkIfThere(path)
  if (sync) fsyncSync(target.folder.fd)
}

/** Through the staging folder, so that a holder who lost its lock removes nothing. */
function removeFenced(target: Target, staging: Staging): void {
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
