import {lstatSync, readdirSync} from 'node:fs'
import {TEMP_PREFIX} from './atomic-write.js'
import {namesIn} from './if-there.js'
import {isStale, type LockHolder, readHolder} from './lock-holder.js'
import {abandonedStaging} from './lock-sweep.js'
import {errnoOf} from './storage-error.js'

// A half-written file lives for milliseconds; on a slow or shared disk a little longer.
const YOUNG_MS = 10_000
const CERTAIN_MS = 3_600_000
const SKIPPED = new Set(['.git', 'node_modules'])

/** Half-written files below a folder whose writers are gone, relative to it; no link is followed. */
export function tempLeftovers(dir: string, now: number): string[] {
  return findTemps(dir, '').filter((rel) => isAbandoned(`${dir}/${rel}`, now))
}

/** The same of one folder alone, by name. */
export function tempsIn(dir: string, now: number): string[] {
  const temps = entriesIn(dir).filter((entry) => entry.isFile() && entry.name.startsWith(TEMP_PREFIX))
  return temps.map(({name}) => name).filter((name) => isAbandoned(`${dir}/${name}`, now))
}

/** Locks whose holder is dead or whose lease is past: the next who wants one takes it over. */
export function deadLocks(mcosDir: string, now: number): {readonly name: string; readonly holder: LockHolder}[] {
  return namesIn(`${mcosDir}/locks`)
    .filter((name) => name.endsWith('.lock'))
    .flatMap((file) => {
      const holder = readHolder(`${mcosDir}/locks/${file}`)
      return holder && isStale(holder, now) ? [{name: file.slice(0, -'.lock'.length), holder}] : []
    })
}

/** Staging folders of processes that were killed while they took a lock; absolute paths. */
export function deadStaging(mcosDir: string, now: number): string[] {
  return abandonedStaging({dir: `${mcosDir}/locks/any.lock`, stagingRoot: `${mcosDir}/staging`}, now)
}

function findTemps(dir: string, below: string): string[] {
  return entriesIn(`${dir}/${below}`).flatMap((entry) => {
    const rel = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || rel === '.mcos/staging' ? [] : findTemps(dir, rel)
    return entry.isFile() && entry.name.startsWith(TEMP_PREFIX) ? [rel] : []
  })
}

function entriesIn(dir: string) {
  try {
    return readdirSync(dir, {withFileTypes: true})
  } catch (error) {
    // Gone meanwhile, or closed to this user: what lies in it is not ours to mend.
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return []
    throw error
  }
}

/** A pid may be of another container: only with some age does its absence here mean anything. */
function isAbandoned(path: string, now: number): boolean {
  const found = lstatSync(path, {throwIfNoEntry: false})
  if (!found) return false
  const ageMs = now - found.mtimeMs
  if (ageMs > CERTAIN_MS) return true
  const pid = Number(/-tmp-(\d+)-/.exec(path)?.[1] ?? 0)
  return ageMs > YOUNG_MS && !isRunning(pid)
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}
