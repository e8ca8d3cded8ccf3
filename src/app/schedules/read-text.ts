import {readdirSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {errnoOf} from '../../kit/storage-error.js'

const LARGEST = 1024 * 1024

/** A text outside the home, or null: it is not there, hidden from this user, no plain file, or larger than any schedule. */
export function readText(file: string): string | null {
  try {
    const found = statSync(file)
    return found.isFile() && found.size <= LARGEST ? readFileSync(file, 'utf8') : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** Absolute paths of a folder's entries with such an ending, by name; an absent folder is empty. */
export function listFiles(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => path.join(folder, name))
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(errnoOf(error) ?? '')
}
