import {findRepository} from './repository.js'
import {readState} from './repository-state.js'
import {readSnapshot} from './snapshot.js'

/** What the last commit has at these paths of the home; null where it has nothing. One git process, none before the first commit. */
export function readHead(home: string, paths: readonly string[]): Map<string, Buffer | null> {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null || paths.length === 0) return new Map(paths.map((path) => [path, null]))
  const {committed} = readSnapshot(repository, {commit: head, paths, withContent: new Set(paths)})
  return new Map(paths.map((path) => [path, committed.get(path)?.content ?? null]))
}
