import {isFileMode, readObjects} from './objects.js'
import {git, runGit} from './plumbing.js'
import type {Repository} from './repository.js'

/** One path as the next commit would change it. */
export interface StagedFile {
  /** Relative to the home. */
  readonly path: string
  readonly change: 'added' | 'modified' | 'deleted'
  /** null when it is deleted, or no file but a link or a submodule. */
  readonly content: Buffer | null
  /** What the last commit has; null when it has no such file. */
  readonly before: Buffer | null
  readonly isFile: boolean
}

/** Which index is meant, where git commits from another than the usual one. */
export interface StagedOptions {
  readonly head: string | null
  readonly indexFile: string | null
}

export interface Staged {
  readonly files: readonly StagedFile[]
  /** Paths of the repository that lie outside of the home, from its top. */
  readonly elsewhere: readonly string[]
}

/** What stands in the index and not in the last commit, without renames, whatever the names contain. */
export function readStaged(repository: Repository, {head, indexFile}: StagedOptions): Staged {
  const env: Record<string, string> = indexFile === null ? {} : {GIT_INDEX_FILE: indexFile}
  const base = head ?? git(repository, ['hash-object', '-t', 'tree', '--stdin'], {input: ''}).toString().trim()
  const args = ['diff-index', '--cached', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', base]
  const words = git(repository, args, {env}).toString().split('\0')
  const changed = parseRaw(words)
  const inside = changed.filter(({full}) => full.startsWith(repository.prefix))
  const blobs = readObjects(
    repository,
    inside.flatMap(({from, to}) => [from.oid, to.oid]),
  )
  const dataAt = (place: number): Buffer | null => {
    const found = blobs[place] ?? null
    return found?.type === 'blob' ? found.data : null
  }
  const files = inside.map(({full, from, to, change}, place): StagedFile => {
    const isFile = change === 'deleted' ? isFileMode(from.mode) : isFileMode(to.mode)
    return {
      path: full.slice(repository.prefix.length),
      change,
      content: change === 'deleted' || !isFile ? null : dataAt(place * 2 + 1),
      before: isFileMode(from.mode) ? dataAt(place * 2) : null,
      isFile,
    }
  })
  return {
    files,
    elsewhere: changed.flatMap(({full}) => (full.startsWith(repository.prefix) ? [] : [full])),
  }
}

/** The files of the index below a folder of the home, by their paths. */
export function listStaged(repository: Repository, folder: string, {indexFile}: StagedOptions): string[] {
  const env: Record<string, string> = indexFile === null ? {} : {GIT_INDEX_FILE: indexFile}
  const at = `:(top,literal)${repository.prefix}${folder}`
  return git(repository, ['ls-files', '-z', '--full-name', '--', at], {env})
    .toString()
    .split('\0')
    .flatMap((full) => (full === '' ? [] : [full.slice(repository.prefix.length)]))
}

/** Whether one commit is reachable from another; one that isn't known here is not. */
export function isAncestor(repository: Repository, older: string, newer: string): boolean {
  return runGit(repository, ['merge-base', '--is-ancestor', older, newer]).code === 0
}

interface RawChange {
  readonly full: string
  readonly change: StagedFile['change']
  readonly from: {readonly mode: string; readonly oid: string}
  readonly to: {readonly mode: string; readonly oid: string}
}

/** `:100644 100644 OID OID M` and the path, each ended by a NUL. */
function parseRaw(words: readonly string[]): RawChange[] {
  const found: RawChange[] = []
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [fromMode = '', toMode = '', fromOid = '', toOid = '', status = ''] = (words[at] ?? '').slice(1).split(' ')
    const change = status.startsWith('A') ? 'added' : status.startsWith('D') ? 'deleted' : 'modified'
    const from = {mode: fromMode, oid: fromOid}
    found.push({full: words[at + 1] ?? '', change, from, to: {mode: toMode, oid: toOid}})
  }
  return found
}
