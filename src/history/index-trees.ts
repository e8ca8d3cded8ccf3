/**
 * Takes the trees that no longer hold out of the index's `TREE` part, in which git remembers which folder is which tree
 * object: for every changed path, the folders that lead to it. Of those, the count becomes -1 and the id is left out.
 */
export function invalidateTrees(
  data: Buffer,
  {paths, oidBytes}: {readonly paths: readonly string[]; readonly oidBytes: number},
): Buffer {
  const changed = new Set(paths.flatMap(foldersTo))
  const parts: Buffer[] = []
  /** Copies the folder at this place with all below it, and tells where the next one begins. */
  const copy = (start: number, parent: string | null): number => {
    const [nameEnd, lineEnd] = [data.indexOf(0, start), data.indexOf(0x0a, start)]
    const name = data.toString('utf8', start, nameEnd)
    const folder = parent === null ? '' : parent === '' ? name : `${parent}/${name}`
    const [count, below] = data
      .toString('latin1', nameEnd + 1, lineEnd)
      .split(' ')
      .map(Number)
    let next = lineEnd + 1 + (count === -1 ? 0 : oidBytes)
    if (changed.has(folder)) parts.push(data.subarray(start, nameEnd + 1), Buffer.from(`-1 ${below}\n`))
    else parts.push(data.subarray(start, next))
    for (let index = 0; index < (below ?? 0); index++) next = copy(next, folder)
    return next
  }
  if (data.length > 0) copy(0, null)
  return Buffer.concat(parts)
}

/** The folders a path lies in, the top ('') among them. */
function foldersTo(path: string): string[] {
  const folders = ['']
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end))
  return folders
}
