import {statSync} from 'node:fs'
import {dirname} from 'node:path'
import {namesIn} from './if-there.js'

const SWEEP_AFTER_MS = 3_600_000

/**
 * The staging folders of processes that were killed while they took a lock: old, and of no holder. One that is only very
 * slow finds its folder gone and tries again.
 */
export function abandonedStaging(place: {readonly dir: string; readonly stagingRoot: string}, now: number): string[] {
  const old = namesIn(place.stagingRoot)
    .map((name) => `${place.stagingRoot}/${name}`)
    .filter((path) => ageOf(path, now) > SWEEP_AFTER_MS)
  if (old.length === 0) return []
  const holders = new Set(holdersBeside(place.dir).map((id) => `${place.stagingRoot}/${id}`))
  return old.filter((path) => !holders.has(path))
}

function holdersBeside(lockDir: string): string[] {
  const locks = dirname(lockDir)
  return namesIn(locks)
    .filter((name) => name.endsWith('.lock'))
    .flatMap((name) => namesIn(`${locks}/${name}`))
    .map((file) => file.replace(/\.json$/, ''))
}

function ageOf(path: string, now: number): number {
  return now - (statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? now)
}
