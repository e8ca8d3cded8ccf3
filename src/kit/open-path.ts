import {closeSync, constants, existsSync, fsyncSync, lstatSync, openSync} from 'node:fs'
import {errnoOf, refusedPath} from './storage-error.js'

/** A folder that stays the same one while it is held, whatever happens to the names that led to it. */
export interface OpenFolder {
  /** For fsync. */
  readonly fd: number
  /** The path by which a system call reaches an entry of exactly this folder. */
  at(name: string): string
  close(): void
}

/** Makes one folder; that another process was faster is as good. */
export type MakeFolder = (path: string) => void

/** How a folder is reached from its root without following a link; null when it isn't there and none is to be made. */
export interface Walk {
  open(root: string, parts: readonly string[], make: MakeFolder | null): OpenFolder | null
}

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

/**
 * Linux: each part is opened relative to the folder before it, so no swap of a name between check and use can lead out.
 * O_PATH would do for walking, but the last folder has to be synced, and that needs O_RDONLY.
 */
export const handleWalk: Walk = {
  open(root, parts, make) {
    let fd = openSync(root, FOLDER)
    try {
      for (const [index, part] of parts.entries()) {
        const next = openPart(fd, part, {make, shown: () => shownPath(root, parts, index)})
        if (next === null) {
          closeSync(fd)
          return null
        }
        closeSync(fd)
        fd = next
      }
    } catch (error) {
      closeSync(fd)
      throw error
    }
    const base = `/proc/self/fd/${fd}/`
    return {fd, at: (name) => base + name, close: () => closeSync(fd)}
  },
}

function openPart(
  fd: number,
  part: string,
  {make, shown}: {make: MakeFolder | null; shown: () => string},
): number | null {
  const path = `/proc/self/fd/${fd}/${part}`
  try {
    return openSync(path, FOLDER)
  } catch (error) {
    const errno = errnoOf(error)
    // With O_DIRECTORY the kernel says ENOTDIR for a link, too.
    if (errno === 'ENOTDIR' || errno === 'ELOOP') throw refusedPath(isPlainFile(path) ? 'not-folder' : 'link', shown())
    if (errno !== 'ENOENT') throw error
    if (!make) return null
  }
  make(path)
  fsyncSync(fd)
  return openSync(path, FOLDER)
}

/** Elsewhere: each part is looked at and links are refused; a swap in between is not excluded, only made unlikely. */
export const lookingWalk: Walk = {
  open(root, parts, make) {
    let path = root
    for (const part of parts) {
      const parent = path
      path = `${path}/${part}`
      let found = lstatSync(path, {throwIfNoEntry: false})
      if (!found) {
        if (!make) return null
        make(path)
        syncFolder(parent)
        found = lstatSync(path)
      }
      if (found.isSymbolicLink()) throw refusedPath('link', path)
      if (!found.isDirectory()) throw refusedPath('not-folder', path)
    }
    const fd = openSync(path, FOLDER)
    const base = `${path}/`
    return {fd, at: (name) => base + name, close: () => closeSync(fd)}
  },
}

/** The safest walk this machine can do. */
export const bestWalk: Walk = process.platform === 'linux' && existsSync('/proc/self/fd') ? handleWalk : lookingWalk

function syncFolder(path: string): void {
  const fd = openSync(path, FOLDER)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function shownPath(root: string, parts: readonly string[], index: number): string {
  return [root, ...parts.slice(0, index + 1)].join('/')
}

function isPlainFile(path: string): boolean {
  const found = lstatSync(path, {throwIfNoEntry: false})
  return found !== undefined && !found.isSymbolicLink() && !found.isDirectory()
}
