import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs'
import {UserError} from './errors.js'
import type {OpenFolder} from './open-path.js'
import {errnoOf, refusedPath} from './storage-error.js'

// O_NONBLOCK: opening a FIFO that stands where a file should must not wait for its writer.
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024

/** The bytes of one ordinary file in an open folder; null when there is none. */
export function readFileIn(
  folder: OpenFolder,
  name: string,
  {path, maxBytes = DEFAULT_MAX_BYTES}: {path: string; maxBytes?: number},
): Buffer | null {
  const fd = openExisting(folder.at(name), READ)
  if (fd === null) return null
  try {
    const {size} = insistOnFile(fd, path)
    if (size > maxBytes) throw tooLarge({path, maxBytes})
    return readToEnd(fd, size, {path, maxBytes})
  } finally {
    closeSync(fd)
  }
}

/** Opens what is there; null when nothing is. */
export function openExisting(path: string, flags: number): number | null {
  try {
    return openSync(path, flags)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

/** The size of an open file; a folder, device or FIFO is refused. */
export function insistOnFile(fd: number, path: string): {size: number} {
  const found = fstatSync(fd)
  if (!found.isFile()) throw refusedPath('not-file', path)
  return found
}

function readToEnd(fd: number, size: number, limit: {maxBytes: number; path: string}): Buffer {
  // One byte more than the file says: the read that finds nothing there proves the end.
  let buffer = Buffer.allocUnsafe(size + 1)
  let length = 0
  for (;;) {
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)])
    const count = readSync(fd, buffer, length, buffer.length - length, null)
    if (count === 0) return buffer.subarray(0, length)
    length += count
    if (length > limit.maxBytes) throw tooLarge(limit)
  }
}

function tooLarge({path, maxBytes}: {path: string; maxBytes: number}): UserError {
  return new UserError(`${path} is larger than the ${maxBytes} bytes that are read of such a file.`, {
    code: 'TOO_LARGE',
    fix: 'Split it, or move what is no longer needed into another file.',
  })
}
