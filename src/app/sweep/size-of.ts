import {lstatSync} from 'node:fs'
import {namesIn} from '../../kit/if-there.js'

/** The bytes of a file, or of all files below a folder; no link is followed, and what has gone meanwhile is nothing. */
export function sizeOf(path: string): number {
  const found = lstatSync(path, {throwIfNoEntry: false})
  if (!found) return 0
  if (!found.isDirectory()) return found.size
  return namesIn(path).reduce((sum, name) => sum + sizeOf(`${path}/${name}`), 0)
}
