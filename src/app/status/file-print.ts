import {lstatSync} from 'node:fs'

/** The same as long as none of these paths was written, added or removed; of a folder, nothing in it. */
export function printOf(paths: readonly string[]): string {
  return paths.map(printOfOne).join(' ')
}

function printOfOne(path: string): string {
  try {
    const stats = lstatSync(path, {throwIfNoEntry: false})
    return stats ? `${stats.ino}:${stats.mtimeMs}:${stats.size}` : '-'
  } catch {
    // No permission, a file where a folder should be: reading it tells.
    return '?'
  }
}
