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

/** The committed files directly in a folder of the home, by their paths; links and submodules are none. */
export function readHeadFolder(home: string, folder: string): Map<string, Buffer> {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null) return new Map()
  const [tree] = readObjects(repository, [`${head}:${repository.prefix}${folder}`])
  if (tree?.type !== 'tree') return new Map()
  const entries = [...parseTree(tree.data, repository.hash)].filter(([, {mode}]) => isFileMode(mode))
  const blobs = readObjects(
    repository,
    entries.map(([, {oid}]) => oid),
  )
  return new Map(
    entries.flatMap(([name], place) => {
      const data = blobData(blobs[place] ?? null)
      return data === null ? [] : [[`${folder}/${name}`, data] as const]
    }),
  )
}
