import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {foldName} from '../../workspace/names.js'
import {type LeftOut, whyLeftOut} from './left-out.js'

export interface ScannedFile {
  /** Relative to the adopted folder. */
  readonly path: string
  readonly size: number
  readonly mode: number
}

/** What is in a folder that somebody wants to adopt, and what of it stays where it is. */
export interface Scan {
  readonly files: readonly ScannedFile[]
  readonly leftOut: readonly LeftOut[]
  readonly bytes: number
  /** Names that would be one file on macOS or Windows. */
  readonly collisions: readonly string[]
}

const LARGE_BYTES = 3 * 1024 * 1024
/** Above this a file isn't even looked into. */
const HUGE_BYTES = 64 * 1024 * 1024
const MOST_FILES = 50_000
const DEEPEST = 40

/** Walks a folder and follows no link: what is behind one is somebody else's. */
export function scanWorkspace(source: Folder): Scan {
  const files: ScannedFile[] = []
  const leftOut: LeftOut[] = []
  const collisions: string[] = []

  function walk(folder: string, depth: number): void {
    const entries = source.list(folder === '' ? '.' : folder)
    collisions.push(
      ...findCollisions(
        folder,
        entries.map(({name}) => name),
      ),
    )
    for (const {name, kind} of entries) {
      const path = folder === '' ? name : `${folder}/${name}`
      const found = judge(source, {path, kind, depth})
      if (found === 'walk') walk(path, depth + 1)
      else if ('reason' in found) leftOut.push(found)
      else files.push(found)
      if (files.length > MOST_FILES) throw tooMany(source.dir)
    }
  }

  walk('', 1)
  return {files, leftOut, collisions, bytes: files.reduce((sum, {size}) => sum + size, 0)}
}

function judge(
  source: Folder,
  {path, kind, depth}: {path: string; kind: string; depth: number},
): ScannedFile | LeftOut | 'walk' {
  if (kind === 'link') return {path, reason: 'link', detail: 'a link; links are never followed'}
  if (kind !== 'file' && kind !== 'folder') return {path, reason: 'special file', detail: 'neither a file nor a folder'}
  const why = whyLeftOut(path, kind)
  if (why) return {path, ...why}
  if (kind === 'folder') return judgeFolder(source, path, depth)
  return judgeFile(source, path)
}

function judgeFolder(source: Folder, path: string, depth: number): LeftOut | 'walk' {
  if (source.list(path).some(({name}) => name === '.git')) {
    return {path, reason: 'repository', detail: 'a git repository of its own'}
  }
  return depth < DEEPEST ? 'walk' : {path, reason: 'unreadable', detail: `deeper than ${DEEPEST} folders`}
}

function judgeFile(source: Folder, path: string): ScannedFile | LeftOut {
  if (/[\u0000-\u001f\u007f]/.test(path)) return {path, reason: 'unreadable', detail: 'its name has control characters'}
  const facts = source.stat(path)
  if (!facts) return {path, reason: 'unreadable', detail: 'its name is not UTF-8, or it has just gone'}
  const size = `${Math.round(facts.size / 1024 / 1024)} MB`
  if (facts.size > HUGE_BYTES) return {path, reason: 'large binary', detail: `${size}, more than any text`}
  const head = readHead(source, path)
  if (head === null) return {path, reason: 'unreadable', detail: 'this user may not read it'}
  if (facts.size > LARGE_BYTES && head.includes(0))
    return {path, reason: 'large binary', detail: `${size}, and no text`}
  return {path, size: facts.size, mode: facts.mode}
}

/** The first bytes of a file; null when this user may not read it. */
function readHead(source: Folder, path: string): Buffer | null {
  try {
    return source.read(path, {maxBytes: HUGE_BYTES})?.subarray(0, 8192) ?? null
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function findCollisions(folder: string, names: readonly string[]): string[] {
  const seen = new Map<string, string>()
  return names.flatMap((name) => {
    const folded = foldName(name)
    const first = seen.get(folded)
    if (first === undefined) {
      seen.set(folded, name)
      return []
    }
    return [`${folder === '' ? '' : `${folder}/`}${first} and ${name}`]
  })
}

function tooMany(dir: string): UserError {
  return new UserError(
    `${dir} holds more than ${MOST_FILES.toLocaleString('en')} files: that is no agent's workspace.`,
    {
      code: 'TOO_LARGE',
      fix: 'Name the folder in which SOUL.md lies.',
      exit: EXIT.usage,
    },
  )
}
