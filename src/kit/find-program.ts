import {accessSync, constants} from 'node:fs'
import path from 'node:path'

/** A program by its name, in the absolute folders of PATH; null: it isn't installed. */
export function findProgram(name: string, paths = ''): string | null {
  const candidates = paths
    .split(path.delimiter)
    .filter(path.isAbsolute)
    .map((folder) => path.join(folder, name))
  return candidates.find(mayRun) ?? null
}

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not in this folder; the next may have it.
    return false
  }
}
