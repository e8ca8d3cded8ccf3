import {lstatSync, readdirSync, realpathSync, rmdirSync, type Stats} from 'node:fs'
import {type AppendOptions, appendLines} from './append.js'
import {type Target, TEMP_PREFIX, type WriteOptions, writeAtomically} from './atomic-write.js'
import {EXIT, UserError} from './errors.js'
import {folderMaker} from './make-folder.js'
import {type MoveOptions, moveEntry, type RemoveOptions, removeEntry} from './move.js'
import {bestWalk, type MakeFolder, type OpenFolder, type Walk} from './open-path.js'
import {readFileIn} from './read-file.js'
import {parseFolderPath, parseRelative, parseWritable} from './relative-path.js'
import type {Staging} from './staging.js'
import {type DiskWork, errnoOf, storageError} from './storage-error.js'

export type {Staging}

type EntryKind = 'file' | 'folder' | 'link' | 'other'

interface Entry {
  readonly name: string
  readonly kind: EntryKind
}

interface FileFacts {
  readonly kind: EntryKind
  readonly size: number
  readonly mtimeMs: number
  /** Permission bits only. */
  readonly mode: number
  readonly ino: number
}

/**
 * A real directory and what is inside it, reached part by part without following a link. Paths are relative, with "/".
 * What leads out is a PATH_ESCAPE, a link on the way a PATH_LINK; git's own folder can be read but not changed.
 */
export interface Folder {
  /** Absolute and without links. */
  readonly dir: string
  read(rel: string, options?: {readonly maxBytes?: number}): Buffer | null
  readText(rel: string, options?: {readonly maxBytes?: number}): string | null
  /** Sorted by name and without half-written files; "." is the folder itself, an absent one is empty. */
  list(rel: string): Entry[]
  /** Of the entry itself: a link is a link. */
  stat(rel: string): FileFacts | null
  /** Atomic and durable; makes the folders on the way. */
  write(rel: string, content: string | Uint8Array, options?: WriteOptions): void
  append(rel: string, text: string, options?: AppendOptions): void
  /** Never overwrites; makes the folders on the way. */
  move(from: string, to: string, options?: MoveOptions): void
  remove(rel: string, options?: RemoveOptions): void
  makeFolder(rel: string): void
  /** Only an empty folder goes; tells whether it is gone. */
  removeFolder(rel: string): boolean
}

/** Opens a folder that must be there; links on the way to it are resolved once, here, and never again. */
export function openFolder(dir: string, walk: Walk = bestWalk): Folder {
  const root = realFolder(dir)
  const show = (rel: string) => (rel === '' || rel === '.' ? root : `${root}/${rel}`)

  function inside<T>(rel: string, parts: readonly string[], use: Use<T>): T {
    try {
      const folder = walk.open(root, parts.slice(0, use.parent ? -1 : undefined), use.make ?? null)
      if (!folder) return use.absent()
      try {
        return use.run({folder, name: parts.at(-1) ?? '', path: show(rel)})
      } finally {
        folder.close()
      }
    } catch (error) {
      throw storageError(error, {path: show(rel), work: use.work})
    }
  }

  const nothing = () => null
  const change = (rel: string, staging?: Staging) =>
    ({work: 'write', parent: true, make: folderMaker(staging, show(rel)), absent: () => undefined}) as const

  return {
    dir: root,
    read(rel, options = {}) {
      const run = ({folder, name, path}: Target) => readFileIn(folder, name, {path, ...options})
      return inside(rel, parseRelative(rel), {work: 'read', parent: true, absent: nothing, run})
    },
    readText(rel, options) {
      return this.read(rel, options)?.toString('utf8') ?? null
    },
    list(rel) {
      const run = ({folder}: Target) => entriesOf(folder)
      return inside(rel, parseFolderPath(rel), {work: 'read', parent: false, absent: () => [], run})
    },
    stat(rel) {
      const parts = parseFolderPath(rel)
      const run = ({folder, name}: Target) => factsOf(lstatSync(folder.at(name || '.'), {throwIfNoEntry: false}))
      return inside(rel, parts, {work: 'read', parent: parts.length > 0, absent: nothing, run})
    },
    write(rel, content, options = {}) {
      const run = (target: Target) => writeAtomically(target, content, options)
      inside(rel, parseWritable(rel), {...change(rel, options.staging), run})
    },
    append(rel, text, options = {}) {
      const run = (target: Target) => appendLines(target, text, options)
      inside(rel, parseWritable(rel), {...change(rel, options.staging), run})
    },
    move(from, to, options = {}) {
      const toParts = parseWritable(to)
      inside(from, parseWritable(from), {
        work: 'write',
        parent: true,
        absent: () => {
          throw gone(show(from))
        },
        run: (source) =>
          inside(to, toParts, {
            ...change(to, options.staging),
            run: (target) => moveEntry(source, target, options),
          }),
      })
    },
    remove(rel, options = {}) {
      const run = (target: Target) => removeEntry(target, options)
      inside(rel, parseWritable(rel), {work: 'write', parent: true, absent: () => undefined, run})
    },
    makeFolder(rel) {
      inside(rel, parseWritable(rel), {...change(rel), parent: false, run: () => undefined})
    },
    removeFolder(rel) {
      const run = ({folder, name}: Target) => removeEmpty(folder.at(name))
      return inside(rel, parseWritable(rel), {work: 'write', parent: true, absent: () => true, run})
    },
  }
}

interface Use<T> {
  readonly work: DiskWork
  /** Whether the last part is a name in the opened folder instead of the folder itself. */
  readonly parent: boolean
  /** How missing folders on the way are made; without it, what lies in them is absent. */
  readonly make?: MakeFolder
  absent(): T
  run(target: Target): T
}

function realFolder(dir: string): string {
  try {
    const root = realpathSync.native(dir)
    if (lstatSync(root).isDirectory()) return root
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw storageError(error, {path: dir, work: 'read'})
  }
  throw new UserError(`${dir} is not a folder.`, {
    code: 'NO_FOLDER',
    fix: 'Check the spelling, or make it first.',
    exit: EXIT.usage,
  })
}

function entriesOf(folder: OpenFolder): Entry[] {
  return readdirSync(folder.at(''), {withFileTypes: true})
    .filter((entry) => !entry.name.startsWith(TEMP_PREFIX))
    .map((entry) => ({name: entry.name, kind: kindOf(entry)}))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function factsOf(stats: Stats | undefined): FileFacts | null {
  if (!stats) return null
  const {size, mtimeMs, mode, ino} = stats
  return {kind: kindOf(stats), size, mtimeMs, mode: mode & 0o7777, ino}
}

function kindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

function removeEmpty(path: string): boolean {
  try {
    rmdirSync(path)
    return true
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return true
    if (errno === 'ENOTEMPTY' || errno === 'EEXIST') return false
    throw error
  }
}

function gone(path: string): UserError {
  return new UserError(`${path} can't be moved: it isn't there.`, {
    code: 'CONFLICT',
    fix: 'Run the same command again.',
  })
}
