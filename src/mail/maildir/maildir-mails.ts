import {closeSync, constants, fstatSync, lstatSync, openSync, readSync} from 'node:fs'
import {errnoOf, storageError} from '../../kit/storage-error.js'
import {parseMailName} from './mail-name.js'
import {entriesOf, isMailFile, type MaildirRoot} from './maildir-place.js'

/** One mail as it lies on the disk. */
export interface MailFile {
  readonly key: string
  readonly flags: string
  /** Below the root's `around`. */
  readonly path: string
}

/** What lies in a folder of an account, by key. */
export function listMails({kind, around}: MaildirRoot, folder: string): Map<string, MailFile> {
  const found = new Map<string, MailFile>()
  const dirs = kind === 'files' ? [folder] : [`${folder}/new`, `${folder}/cur`]
  for (const dir of dirs) {
    for (const {name, isFile} of entriesOf(`${around.dir}/${dir}`)) {
      if (!isFile || name.startsWith('.') || (kind === 'files' && !isMailFile(name))) continue
      const {key, flags} = kind === 'files' ? {key: name, flags: ''} : parseMailName(name)
      // No mail program makes a name of two lines, and a list by lines couldn't hold it.
      if (!/[\r\n]/.test(key)) found.set(key, {key, flags, path: `${dir}/${name}`})
    }
  }
  return found
}

/** When a folder's files were last added, taken or renamed. */
export function changedAt(
  {kind, around}: MaildirRoot,
  folder: string,
): {readonly stamp: string; readonly latestMs: number} {
  const dirs = kind === 'files' ? [folder] : [`${folder}/new`, `${folder}/cur`]
  try {
    const times = dirs.map((dir) => lstatSync(`${around.dir}/${dir}`, {bigint: true}).mtimeNs)
    const latestMs = Math.max(...times.map((time) => Number(time / 1_000_000n)))
    return {stamp: times.join(' '), latestMs}
  } catch (error) {
    throw storageError(error, {path: `${around.dir}/${folder}`, work: 'read'})
  }
}

/** When a mail was laid down, ms; null where it is gone. */
export function arrivalOf({around}: MaildirRoot, {path}: MailFile): number | null {
  return lstatSync(`${around.dir}/${path}`, {throwIfNoEntry: false})?.mtimeMs ?? null
}

/** As much of a mail's beginning as is asked for; null where it is gone. */
export function readStart(
  {around}: MaildirRoot,
  {path}: MailFile,
  most: number,
): {readonly raw: Buffer; readonly size: number; readonly mtimeMs: number} | null {
  const file = `${around.dir}/${path}`
  let fd: number
  try {
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw storageError(error, {path: file, work: 'read'})
  }
  try {
    const {size, mtimeMs} = fstatSync(fd)
    const raw = Buffer.allocUnsafe(Math.min(size, most))
    let length = 0
    while (length < raw.length) {
      const count = readSync(fd, raw, length, raw.length - length, length)
      if (count === 0) break
      length += count
    }
    return {raw: raw.subarray(0, length), size, mtimeMs}
  } catch (error) {
    throw storageError(error, {path: file, work: 'read'})
  } finally {
    closeSync(fd)
  }
}
