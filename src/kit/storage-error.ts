import {existsSync} from 'node:fs'
import {dirname} from 'node:path'
import {EXIT, UserError} from './errors.js'
import {shellWord} from './shell-word.js'

/** What the disk was asked for: decides the words of an error, never its handling. */
export type DiskWork = 'read' | 'write'

/** The system's own word for what failed ("ENOENT"), or nothing when it wasn't the system. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What a failed system call means to a person; what isn't one comes back as it is. */
export function storageError(error: unknown, {path, work}: {path: string; work: DiskWork}): unknown {
  const errno = errnoOf(error)
  if (!errno) return error
  const told = TELL[errno]?.(path, work) ?? unknownTrouble(errno, path, work)
  return new UserError(told.message, {code: told.code, fix: told.fix, exit: told.exit ?? EXIT.failed, cause: error})
}

interface Told {
  code: string
  message: string
  fix: string
  exit?: (typeof EXIT)['usage']
}

const diskFull = (path: string): Told => ({
  code: 'DISK_FULL',
  message: `${path} can't be written: the disk is full.`,
  fix: `Make room (df -h ${shellWord(nearestThere(path))}), then run the same command again; the old bytes are untouched.`,
})

const readOnlyDisk = (path: string): Told => ({
  code: 'READ_ONLY',
  message: `${path} can't be changed: the disk is mounted read-only.`,
  fix: 'See how it is mounted (findmnt), then run the same command again; the old bytes are untouched.',
})

const noPermission = (path: string, work: DiskWork): Told => ({
  code: work === 'read' ? 'NO_ACCESS' : 'READ_ONLY',
  message: `${path} may not be ${work === 'read' ? 'read' : 'changed'} by this user.`,
  fix: `See who owns it (ls -ld ${shellWord(nearestThere(path))}), or run as its owner.`,
})

/** What can be looked at: the path itself, or the folder in which it was to be made. */
function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path))
}

const diskTrouble = (path: string, work: DiskWork): Told => ({
  code: 'IO_ERROR',
  message: `${path} can't be ${work === 'read' ? 'read' : 'written'}: the disk reports an error.`,
  fix: 'Look at the system log (dmesg | tail) before anything else is written.',
})

const tooManyFiles = (path: string): Told => ({
  code: 'TOO_MANY_FILES',
  message: `${path} can't be opened: too many files are open.`,
  fix: 'Raise the limit (ulimit -n 4096) and run the same command again.',
})

const notAFile = (path: string): Told => ({
  code: 'NOT_A_FILE',
  message: `${path} is not an ordinary file.`,
  fix: `Look at what it is (ls -ld ${shellWord(path)}) and move it out of the way.`,
})

const notAFolder = (path: string): Told => ({
  code: 'NOT_A_FOLDER',
  message: `${path} is not a folder, or a part of the way to it isn't.`,
  fix: `Look at what it is (ls -ld ${shellWord(path)}) and move it out of the way.`,
})

const linkOnTheWay = (path: string): Told => ({
  code: 'PATH_LINK',
  message: `${path} goes through a symbolic link, and links are not followed here.`,
  fix: `Put the real file or folder in its place (ls -ld ${shellWord(path)} shows where it points).`,
  exit: EXIT.usage,
})

const inTheWay = (path: string): Told => ({
  code: 'CONFLICT',
  message: `${path} is already there and was left as it is.`,
  fix: `Look at it (ls -ld ${shellWord(path)}), then try again.`,
})

const vanished = (path: string): Told => ({
  code: 'VANISHED',
  message: `${path} went away while it was being used.`,
  fix: 'Run the same command again; something else is moving files here.',
})

const nameTooLong = (path: string): Told => ({
  code: 'NAME_TOO_LONG',
  message: `${path} is longer than the disk allows.`,
  fix: 'Choose a shorter name.',
  exit: EXIT.usage,
})

const unknownTrouble = (errno: string, path: string, work: DiskWork): Told => ({
  code: 'IO_ERROR',
  message: `${path} can't be ${work === 'read' ? 'read' : 'written'}: ${errno}.`,
  fix: `Look at it (ls -ld ${shellWord(path)}), then try again.`,
})

const TELL: Readonly<Record<string, (path: string, work: DiskWork) => Told>> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EROFS: readOnlyDisk,
  EACCES: noPermission,
  EPERM: noPermission,
  EIO: diskTrouble,
  ESTALE: diskTrouble,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  EISDIR: notAFile,
  ENXIO: notAFile,
  ENODEV: notAFile,
  ENOTDIR: notAFolder,
  ELOOP: linkOnTheWay,
  EMLINK: linkOnTheWay,
  EEXIST: inTheWay,
  ENOTEMPTY: inTheWay,
  ENOENT: vanished,
  ENAMETOOLONG: nameTooLong,
}

/** The same words for what was seen by looking, where no system call failed. */
export function refusedPath(kind: 'link' | 'not-file' | 'not-folder' | 'taken', path: string): UserError {
  const told = {link: linkOnTheWay, 'not-file': notAFile, 'not-folder': notAFolder, taken: inTheWay}[kind](path)
  return new UserError(told.message, {code: told.code, fix: told.fix, exit: told.exit ?? EXIT.failed})
}
