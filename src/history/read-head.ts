import {readObjects} from './objects.js'
import {findRepository} from './repository.js'
import {readState} from './repository-state.js'

/** The committed content of paths of the home; null where the last commit has no such file. */
export function readHead(home: string, paths: readonly string[]): Map<string, Buffer | null> {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null) return new Map(paths.map((path) => [path, null]))
  const found = readObjects(
    repository,
    paths.map((path) => `${head}:${repository.prefix}${path}`),
  )
  return new Map(paths.map((path, index) => [path, blobData(found[index] ?? null)]))
}

function blobData(object: {type: string; data: Buffer} | null): Buffer | null {
  return object?.type === 'blob' ? object.data : null
}
