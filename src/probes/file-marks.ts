import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {FoundFile} from './walk-files.js'

/** Only what is small is read at all; a larger file is known by size and time. */
const LARGEST_READ = 64 * 1024
/** A list longer than this is kept as one hash, and then a change can't name its files. */
const LONGEST_MARKS = 64 * 1024

/** What is remembered of each file: size, time and, for a small one, its content. */
export type Marks = Readonly<Record<string, readonly [size: number, mtimeMs: number, content: string | null]>>

export interface Difference {
  readonly changed: readonly string[]
  readonly fresh: readonly string[]
  readonly gone: readonly string[]
}

/** Marks of these files. A file whose size and time are as before is not read again. */
export function markFiles(home: Folder, files: readonly FoundFile[], before: Marks | null): Marks {
  return Object.fromEntries(
    files.map(({path, size, mtimeMs}) => {
      const known = before && Object.hasOwn(before, path) ? before[path] : undefined
      const isKnown = known?.[0] === size && known[1] === mtimeMs
      return [path, isKnown ? known : [size, mtimeMs, contentOf(home, path, size)]]
    }),
  )
}

/** What differs; a file that was only touched doesn't. */
export function compareMarks(before: Marks, now: Marks): Difference {
  const paths = Object.keys(now)
  return {
    changed: paths.filter((path) => Object.hasOwn(before, path) && differs(before[path], now[path])),
    fresh: paths.filter((path) => !Object.hasOwn(before, path)),
    gone: Object.keys(before).filter((path) => !Object.hasOwn(now, path)),
  }
}

export function formatMarks(marks: Marks): string {
  const text = JSON.stringify(marks)
  return text.length > LONGEST_MARKS ? `${Object.keys(marks).length} files ${contentHash(text)}` : text
}

/** The inverse; null for a hash, and for whatever else is not what we wrote. */
export function parseMarks(fingerprint: string | null): Marks | null {
  if (!fingerprint?.startsWith('{')) return null
  try {
    const marks: unknown = JSON.parse(fingerprint)
    return isMarks(marks) ? marks : null
  } catch {
    // A state that was cut or edited: the next reading is compared as a whole, which is never wrong.
    return null
  }
}

function isMarks(value: unknown): value is Marks {
  return typeof value === 'object' && value !== null && Object.values(value).every((mark) => Array.isArray(mark))
}

function differs(before: Marks[string] | undefined, now: Marks[string] | undefined): boolean {
  if (before?.[0] !== now?.[0]) return true
  const [one, other] = [before?.[2] ?? null, now?.[2] ?? null]
  return one !== null && other !== null ? one !== other : before?.[1] !== now?.[1]
}

function contentOf(home: Folder, path: string, size: number): string | null {
  if (size > LARGEST_READ) return null
  const bytes = home.read(path, {maxBytes: LARGEST_READ * 2})
  return bytes && contentHash(bytes).slice('sha256:'.length, 'sha256:'.length + 12)
}
