import {readdirSync, renameSync, unlinkSync} from 'node:fs'
import {errnoOf} from './storage-error.js'

/** Removes a name; false when there was none. */
export function unlinkIfThere(path: string): boolean {
  return succeeds(() => unlinkSync(path))
}

/** Renames; false when there is nothing to rename, or no folder to rename it into. */
export function renameIfThere(from: string, to: string): boolean {
  return succeeds(() => renameSync(from, to))
}

/** The names in a folder; none when it isn't there. */
export function namesIn(dir: string): string[] {
  let names: string[] = []
  succeeds(() => {
    names = readdirSync(dir)
  })
  return names
}

function succeeds(act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}
