import {posix} from 'node:path'
import {type GitObject, parseTree, readObjects, type TreeEntry} from './objects.js'
import type {Repository} from './repository.js'

/** A path as a commit has it; the content is there for the paths it was asked for. */
export interface CommittedFile extends TreeEntry {
  readonly content: Buffer | null
}

/** A path as the index has it: what a person has staged, if it differs from the commit. */
export interface StagedFile {
  readonly oid: string
  readonly content: Buffer
}

/** What git knows about some paths, all relative to the home. */
export interface Snapshot {
  readonly commit: string | null
  readonly committed: ReadonlyMap<string, CommittedFile | null>
  readonly staged: ReadonlyMap<string, StagedFile | null>
  /** Paths with an unresolved conflict in the index. */
  readonly unmerged: ReadonlySet<string>
}

export interface SnapshotQuery {
  readonly commit: string | null
  readonly paths: readonly string[]
  /** Those of the paths whose committed text is needed, not just its id. */
  readonly withContent: ReadonlySet<string>
}

/** Asks for everything at once: one git process, whatever the number of paths. */
export function readSnapshot(repository: Repository, {commit, paths, withContent}: SnapshotQuery): Snapshot {
  const ask = new Questions()
  const folders = [...new Set(paths.map((path) => posix.dirname(repository.prefix + path)))]
  const trees = new Map(commit === null ? [] : folders.map((folder) => [folder, ask.add(treeName(commit, folder))]))
  const answers = paths.map((path) => {
    const full = repository.prefix + path
    return {
      path,
      full,
      content: commit !== null && withContent.has(path) ? ask.add(`${commit}:${full}`) : null,
      staged: ask.add(`:0:${full}`),
      sides: [ask.add(`:2:${full}`), ask.add(`:3:${full}`)],
    }
  })
  const found = readObjects(repository, ask.names)
  const at = (index: number | null | undefined) => (typeof index === 'number' ? (found[index] ?? null) : null)
  const parsed = new Map([...trees].map(([folder, index]) => [folder, treeOf(at(index), repository.hash)]))

  const committed = new Map<string, CommittedFile | null>()
  const staged = new Map<string, StagedFile | null>()
  const unmerged = new Set<string>()
  for (const answer of answers) {
    const entry = parsed.get(posix.dirname(answer.full))?.get(posix.basename(answer.full))
    const content = at(answer.content)
    committed.set(answer.path, entry ? {...entry, content: content?.oid === entry.oid ? content.data : null} : null)
    const inIndex = at(answer.staged)
    staged.set(answer.path, inIndex ? {oid: inIndex.oid, content: inIndex.data} : null)
    if (answer.sides.some((side) => at(side) !== null)) unmerged.add(answer.path)
  }
  return {commit, committed, staged, unmerged}
}

function treeName(commit: string, folder: string): string {
  return folder === '.' ? `${commit}^{tree}` : `${commit}:${folder}`
}

function treeOf(object: GitObject | null, hash: Repository['hash']): Map<string, TreeEntry> | undefined {
  return object?.type === 'tree' ? parseTree(object.data, hash) : undefined
}

/** Collects names and tells each its place among the answers. */
class Questions {
  readonly names: string[] = []

  add(name: string): number {
    return this.names.push(name) - 1
  }
}
