import {isFileMode, readObjects} from './objects.js'
import {git, runGit} from './plumbing.js'
import {findRepository, isInRepository, type Repository} from './repository.js'

/** One content that a file of the home had at some time, and the commit that brought it in. */
export interface PastFile {
  readonly path: string
  readonly commit: string
  readonly oid: string
  readonly size: number
  /** Whether a file of the last commit has it. */
  readonly isNow: boolean
}

/** Commits, branches, tags and stashes: everything from which git could give a file back. */
const EVERYTHING = ['--branches', '--remotes', '--tags', '--glob=refs/stash']
const COMMITS_AT_ONCE = 2_000
const BYTES_AT_ONCE = 16 * 1024 * 1024

/**
 * Every content that the history of the home holds, once each, the oldest first, with the commit that brought it in. Also
 * of branches that are not checked out.
 */
export function listPastFiles(home: string): PastFile[] {
  if (!isInRepository(home)) return []
  const repository = findRepository(home)
  const listed = runGit(repository, ['rev-list', '--reverse', '--topo-order', ...EVERYTHING, 'HEAD'])
  // A repository without a commit has no HEAD, and no history either.
  const commits = listed.code === 0 ? listed.stdout.toString().split('\n').filter(Boolean) : []
  const now = commits.length > 0 ? contentsNow(repository) : new Set<string>()
  const found = new Map<string, {path: string; commit: string}>()
  for (let from = 0; from < commits.length; from += COMMITS_AT_ONCE) {
    for (const entry of contentsOf(repository, commits.slice(from, from + COMMITS_AT_ONCE))) {
      if (!found.has(entry.oid)) found.set(entry.oid, entry)
    }
  }
  const sizes = sizesOf(repository, [...found.keys()])
  return [...found].flatMap(([oid, {path, commit}]) => {
    const size = sizes.get(oid)
    return size === undefined ? [] : [{path, commit, oid, size, isNow: now.has(oid)}]
  })
}

/** Reads such contents in their order, a few at a time, so that a long history needs no more memory than a short one. */
export function* readPastFiles(
  home: string,
  files: readonly PastFile[],
): Generator<readonly (PastFile & {readonly bytes: Buffer})[]> {
  const repository = findRepository(home)
  for (const batch of batchesOf(files)) {
    const objects = readObjects(
      repository,
      batch.map(({oid}) => oid),
    )
    yield batch.flatMap((file, index) => {
      const object = objects[index]
      return object?.type === 'blob' ? [{...file, bytes: object.data}] : []
    })
  }
}

interface Content {
  readonly oid: string
  readonly path: string
  readonly commit: string
}

/** What each commit has that its parents have not; of a merge against each of them. */
function contentsOf(repository: Repository, commits: readonly string[]): Content[] {
  const args = ['diff-tree', '--stdin', '-r', '-z', '--root', '--no-renames', '--no-ext-diff', '--no-textconv', '-m']
  const output = git(repository, args, {input: commits.map((commit) => `${commit}\n`).join('')}).toString()
  const fields = output.split('\0')
  const contents: Content[] = []
  let commit = ''
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? ''
    const [, mode = '', oid = ''] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) \w/.exec(field) ?? []
    if (mode === '') {
      commit = field.trim().split(' ')[0] || commit
      continue
    }
    index++
    const path = fields[index] ?? ''
    if (!isFileMode(mode) || !path.startsWith(repository.prefix)) continue
    contents.push({oid, path: path.slice(repository.prefix.length), commit})
  }
  return contents
}

function contentsNow(repository: Repository): Set<string> {
  const output = git(repository, ['ls-tree', '-r', '-z', 'HEAD']).toString()
  return new Set(output.split('\0').map((line) => /^\d+ blob ([0-9a-f]+)\t/.exec(line)?.[1] ?? ''))
}

function sizesOf(repository: Repository, oids: readonly string[]): Map<string, number> {
  if (oids.length === 0) return new Map()
  const input = oids.map((oid) => `${oid}\n`).join('')
  const output = git(repository, ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)', '--buffer'], {
    input,
  }).toString()
  return new Map(
    output.split('\n').flatMap((line): [string, number][] => {
      const [oid = '', type, size] = line.split(' ')
      return type === 'blob' ? [[oid, Number(size)]] : []
    }),
  )
}

function* batchesOf(files: readonly PastFile[]): Generator<readonly PastFile[]> {
  let [batch, bytes]: [PastFile[], number] = [[], 0]
  for (const file of files) {
    if (batch.length > 0 && bytes + file.size > BYTES_AT_ONCE) {
      yield batch
      ;[batch, bytes] = [[], 0]
    }
    batch.push(file)
    bytes += file.size
  }
  if (batch.length > 0) yield batch
}
