import {realpathSync, statSync} from 'node:fs'
import path from 'node:path'
import type {FileBytes, Unread} from '../../guard/secrets/files.js'
import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'

const BYTES_AT_ONCE = 16 * 1024 * 1024
/** Above this a file isn't even loaded. */
export const HUGE_BYTES = 64 * 1024 * 1024

/** A path as a person types it, as one from the home; `.` is the home itself. */
export function pathInHome(home: string, cwd: string, typed: string): string {
  const wanted = path.resolve(cwd, typed)
  const real = statSync(wanted, {throwIfNoEntry: false}) ? realpathSync(wanted) : wanted
  const rel = path.relative(home, real).split(path.sep).join('/')
  if (rel !== '..' && !rel.startsWith('../') && !path.isAbsolute(rel)) return rel === '' ? '.' : rel
  throw new UserError(`${typed} lies outside the fleet home ${home}.`, {
    code: 'PATH_ESCAPE',
    fix: 'Name a file or folder of the home, or none for all of it.',
    exit: EXIT.usage,
  })
}

/** Reads what lies below some paths, a few files at a time; follows no link and leaves out git's and mcos's own. */
export function* readBelow(
  files: Folder,
  roots: readonly string[],
): Generator<{readonly files: readonly FileBytes[]; readonly unread: readonly Unread[]}> {
  let [batch, bytes, unread]: [FileBytes[], number, Unread[]] = [[], 0, []]
  for (const file of roots.flatMap((root) => pathsBelow(files, root))) {
    const read = readOne(files, file)
    if ('why' in read) unread.push(read)
    else {
      batch.push(read)
      bytes += read.bytes.byteLength
    }
    if (bytes < BYTES_AT_ONCE) continue
    yield {files: batch, unread}
    ;[batch, bytes, unread] = [[], 0, []]
  }
  yield {files: batch, unread}
}

function pathsBelow(files: Folder, root: string): string[] {
  const facts = files.stat(root)
  if (facts?.kind === 'file') return [root]
  if (facts?.kind !== 'folder') return []
  return files.list(root).flatMap(({name, kind}) => {
    const rel = root === '.' ? name : `${root}/${name}`
    if (name === '.git' || rel === '.mcos' || (kind !== 'folder' && kind !== 'file')) return []
    return kind === 'folder' ? pathsBelow(files, rel) : [rel]
  })
}

function readOne(files: Folder, file: string): FileBytes | Unread {
  try {
    if ((files.stat(file)?.size ?? 0) > HUGE_BYTES) return {file, why: 'large'}
    const bytes = files.read(file, {maxBytes: HUGE_BYTES})
    return bytes === null ? {file, why: 'unreadable'} : {file, bytes}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {file, why: 'unreadable'}
  }
}
