import {mkdirSync, renameSync, rmdirSync} from 'node:fs'
import {tempName} from './atomic-write.js'
import type {MakeFolder} from './open-path.js'
import {insistOnStaging, type Staging} from './staging.js'
import {errnoOf} from './storage-error.js'

/** What rename(2) answers where something stands already; whoever opens it sees what it is. */
const TAKEN: ReadonlySet<string> = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR'])

/** Under a lock by way of the staging folder, so that a holder who lost it makes none; the path shown is the error's. */
export function folderMaker(staging: Staging | undefined, shown: string): MakeFolder {
  return staging ? (path) => makeStaged(path, staging, shown) : makeOne
}

function makeOne(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}

function makeStaged(path: string, staging: Staging, shown: string): void {
  const temp = `${staging.dir}/${tempName()}`
  try {
    mkdirSync(temp)
  } catch (error) {
    insistOnStaging(staging, shown)
    throw error
  }
  try {
    renameSync(temp, path)
  } catch (error) {
    insistOnStaging(staging, shown)
    rmdirSync(temp)
    const errno = errnoOf(error) ?? ''
    if (TAKEN.has(errno)) return
    // The workspace lies on another disk than the staging folder: the look above is the best fence there is.
    if (errno !== 'EXDEV') throw error
    makeOne(path)
  }
}
