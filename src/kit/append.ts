import {closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync} from 'node:fs'
import type {Target} from './atomic-write.js'
import {UserError} from './errors.js'
import {unlinkIfThere} from './if-there.js'
import {insistOnFile, openExisting} from './read-file.js'
import {insistOnStaging, type Staging} from './staging.js'
import {errnoOf} from './storage-error.js'

export interface AppendOptions {
  readonly sync?: boolean
  /** Permission bits of a file that isn't there yet. */
  readonly mode?: number
  /** Looked at right before the write; an append can't be fenced more tightly than that. */
  readonly staging?: Staging
}

const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK
const CREATE = APPEND | constants.O_CREAT | constants.O_EXCL
const NEWLINE = 0x0a

/** Adds whole lines in one write call; what doesn't fit on the disk is taken back, so no half line stays. */
export function appendLines(target: Target, text: string, {sync = true, mode = 0o666, staging}: AppendOptions): void {
  if (staging) insistOnStaging(staging, target.path)
  const {fd, isNew} = openForAppend(target.folder.at(target.name), mode)
  try {
    const {size} = insistOnFile(fd, target.path)
    // A line that a killed writer left half-done must not run into ours.
    const lead = endsInMidLine(fd, size) ? '\n' : ''
    const bytes = Buffer.from(lead + text + (text.endsWith('\n') ? '' : '\n'))
    if (staging) insistOnStaging(staging, target.path)
    writeWhole(fd, bytes, {size, sync, path: target.path})
  } catch (error) {
    if (isNew) removeIfEmpty(fd, target.folder.at(target.name))
    throw error
  } finally {
    closeSync(fd)
  }
  if (isNew && sync) fsyncSync(target.folder.fd)
}

function openForAppend(path: string, mode: number): {fd: number; isNew: boolean} {
  for (;;) {
    const fd = openExisting(path, APPEND)
    if (fd !== null) return {fd, isNew: false}
    try {
      return {fd: openSync(path, CREATE, mode), isNew: true}
    } catch (error) {
      // Another process made it in between: then it is there to be opened.
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }
}

function endsInMidLine(fd: number, size: number): boolean {
  if (size === 0) return false
  const last = Buffer.alloc(1)
  return readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE
}

function writeWhole(fd: number, bytes: Buffer, {size, sync, path}: {size: number; sync: boolean; path: string}): void {
  let written = 0
  try {
    written = writeSync(fd, bytes)
    if (written < bytes.length) throw cutShort(path)
    if (sync) fsyncSync(fd)
  } catch (error) {
    // Only our own bytes are taken back: if another process has added some after them, they stay.
    if (fstatSync(fd).size === size + written) ftruncateSync(fd, size)
    throw error
  }
}

/** A file that was only just made and got nothing goes again; one that another process has written to stays. */
function removeIfEmpty(fd: number, path: string): void {
  if (fstatSync(fd).size === 0) unlinkIfThere(path)
}

function cutShort(path: string): UserError {
  return new UserError(`${path} can't be written: the disk is full.`, {
    code: 'DISK_FULL',
    fix: 'Make room (df -h), then run the same command again; the old bytes are untouched.',
  })
}
