import type {Folder} from '../kit/folder.js'
import {compileGlob, globBase} from '../kit/path-glob.js'

const MOST_FILES = 10_000
const MOST_ENTRIES = 50_000
const DEEPEST = 24
const SKIPPED = new Set(['.git', '.mcos'])

export interface FoundFile {
  /** Relative to the home. */
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/** The ordinary files a pattern covers, no link followed; a text says which bound was met. */
export async function walkFiles(home: Folder, pattern: string, signal: AbortSignal): Promise<FoundFile[] | string> {
  const covers = compileGlob(pattern)
  const found: FoundFile[] = []
  const open = [{folder: globBase(pattern), depth: 0}]
  let entries = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const {folder, depth} = next
    if (depth > DEEPEST) return `folders lie deeper than ${DEEPEST} levels`
    if (signal.aborted) return 'it took too long'
    for (const {name, kind} of home.list(folder || '.')) {
      if (++entries > MOST_ENTRIES) return `there are more than ${MOST_ENTRIES} files to look at`
      const path = folder ? `${folder}/${name}` : name
      if (kind === 'folder' && !SKIPPED.has(name)) open.push({folder: path, depth: depth + 1})
      if (kind !== 'file' || !covers(path)) continue
      const facts = home.stat(path)
      if (facts?.kind !== 'file') continue
      found.push({path, size: facts.size, mtimeMs: facts.mtimeMs})
      if (found.length > MOST_FILES) return `more than ${MOST_FILES} files match`
    }
    // One large tree must not hold up the other probes' answers.
    if (open.length > 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}
