import {type FileFinding, findInFile} from '../../guard/secrets/files.js'
import {listPastFiles, type PastFile, readPastFiles} from '../../history/every-blob.js'
import {isInRepository} from '../../history/repository.js'
import type {Folder} from '../../kit/folder.js'
import type {Scan} from './scan.js'

/** Something that has the shape of a vendor's token; the value itself is never carried along. */
export interface SecretFinding {
  readonly file: string
  readonly line: number
  readonly kind: string
  /** The commit of the workspace's own history that brought it in; null: none holds it. */
  readonly commit: string | null
}

const LARGEST_TEXT = 4 * 1024 * 1024
/** So much of a history is looked through; more would make people wait for an adoption. */
const MOST_BYTES = 512 * 1024 * 1024

/** Tokens in what would come along, by file; those files are placed but not committed by the adoption. */
export function scanFiles(source: Folder, {files}: Pick<Scan, 'files'>): SecretFinding[] {
  return files.flatMap(({path, size}) => {
    const bytes = size > LARGEST_TEXT ? null : source.read(path)
    return bytes === null ? [] : findInFile({file: path, bytes}).map((finding) => told(finding))
  })
}

/**
 * What the folder's own history holds: each finding of the files with the commit that has it already, and behind them
 * what only the history has. Tells also how much of a very long one was not looked through.
 */
export function scanHistory(
  source: Folder,
  found: readonly SecretFinding[],
): {readonly secrets: readonly SecretFinding[]; readonly unread: number} {
  if (!isInRepository(source.dir)) return {secrets: found, unread: 0}
  const {near, unread} = within(listPastFiles(source.dir))
  const past = new Map<string, SecretFinding>()
  for (const batch of readPastFiles(source.dir, near)) {
    for (const {path, commit, bytes} of batch) {
      for (const finding of findInFile({file: path, bytes, commit})) {
        const key = keyOf(finding)
        if (!past.has(key)) past.set(key, told(finding))
      }
    }
  }
  const here = new Set(found.map(keyOf))
  return {
    secrets: [
      ...found.map((finding) => past.get(keyOf(finding)) ?? finding),
      ...[...past].filter(([key]) => !here.has(key)).map(([, finding]) => finding),
    ],
    unread,
  }
}

/** The newest first, as they are the likeliest to be in use. */
function within(past: readonly PastFile[]): {near: PastFile[]; unread: number} {
  let bytes = 0
  const near = past.toReversed().filter(({size}) => {
    bytes += size
    return size <= LARGEST_TEXT && bytes <= MOST_BYTES
  })
  return {near: near.reverse(), unread: past.length - near.length}
}

/** A line moves with what is written above it, so only the kind says whether it is the same. */
function keyOf({file, kind}: Pick<SecretFinding, 'file' | 'kind'>): string {
  return `${file}\0${kind}`
}

function told({file, line, kind, commit}: FileFinding): SecretFinding {
  return {file, line, kind, commit: commit ?? null}
}
