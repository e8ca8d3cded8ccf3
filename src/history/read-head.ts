import {isFileMode, parseTree, readObjects} from './objects.js'
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

/** The same, and with it the ids of the files directly in a folder, by their paths; links and submodules are none. */
export function readHeadWithFolder(
  home: string,
  paths: readonly string[],
  folder: string,
): {readonly files: ReadonlyMap<string, Buffer | null>; readonly ids: ReadonlyMap<string, string>} {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null) return {files: new Map(paths.map((path) => [path, null])), ids: new Map()}
  const [tree, ...found] = readObjects(
    repository,
    [folder, ...paths].map((path) => `${head}:${repository.prefix}${path}`),
  )
  const entries = tree?.type === 'tree' ? [...parseTree(tree.data, repository.hash)] : []
  return {
    files: new Map(paths.map((path, index) => [path, blobData(found[index] ?? null)])),
    ids: new Map(
      entries.flatMap(([name, {mode, oid}]) => (isFileMode(mode) ? [[`${folder}/${name}`, oid] as const] : [])),
    ),
  }
}

/** Files by their ids, in their order. */
export function readBlobs(home: string, ids: readonly string[]): (Buffer | null)[] {
  return readObjects(findRepository(home), ids).map(blobData)
}
