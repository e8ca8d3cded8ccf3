import {closeSync, constants, fstatSync, lstatSync, openSync, readSync} from 'node:fs'
import {errnoOf, storageError} from '../../kit/storage-error.js'

/** A file that others add lines to, read on from where the last look ended. */
export interface GrowingFile {
  /** Whether it has grown, or is another file by now. */
  isBehind(): boolean
  /** The next whole lines, a few hundred KB at most; `isNew` where they are of another file than those before. */
  readMore(): {readonly text: string; readonly isNew: boolean}
}

const MOST_BYTES = 512 * 1024
const NEWLINE = 0x0a

export function openGrowing(path: string): GrowingFile {
  // `end` is behind the last whole line, `seen` behind all that was looked at: a line may still be on its way.
  let place = {ino: 0, end: 0, seen: 0}
  return {
    isBehind() {
      const stats = lstatSync(path, {throwIfNoEntry: false})
      if (!stats?.isFile()) return place.seen > 0
      return stats.ino !== place.ino ? stats.size > 0 : stats.size !== place.seen
    },
    readMore() {
      const fd = openCalmly(path)
      if (fd === null) {
        const isNew = place.seen > 0
        place = {ino: 0, end: 0, seen: 0}
        return {text: '', isNew}
      }
      try {
        const {ino, size} = fstatSync(fd)
        const isNew = ino !== place.ino || size < place.seen
        const from = isNew ? 0 : place.end
        const bytes = readAt(fd, from, Math.min(size - from, MOST_BYTES))
        const isWhole = from + bytes.length >= size
        const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1)
        // A line longer than a part is no line of ours: it is stepped over.
        const end = whole.length === 0 && !isWhole ? from + bytes.length : from + whole.length
        place = {ino, end, seen: isWhole ? size : end}
        return {text: whole.toString('utf8'), isNew}
      } finally {
        closeSync(fd)
      }
    },
  }
}

function openCalmly(path: string): number | null {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if (fstatSync(fd).isFile()) return fd
    closeSync(fd)
    return null
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return null
    throw storageError(error, {path, work: 'read'})
  }
}

function readAt(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length))
  let filled = 0
  while (filled < bytes.length) {
    const read = readSync(fd, bytes, filled, bytes.length - filled, from + filled)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}
