import {closeSync, mkdirSync, openSync} from 'node:fs'
import {namesIn, renameIfThere} from './if-there.js'
import {errnoOf} from './storage-error.js'

/**
 * Counts the holders of a lock by the name of one empty file, `NAME.fence/43`. Counting on is renaming 43 to 44, which
 * fails for all but the first, so no late process can turn the count back; and there are no bytes to be flushed.
 */
export function countOn(dir: string): number {
  for (;;) {
    const now = readFence(dir)
    if (now === null) startCount(dir)
    else if (renameIfThere(`${dir}/${now}`, `${dir}/${now + 1}`)) return now + 1
  }
}

/** The count as it is; null when nobody has counted yet. */
export function readFence(dir: string): number | null {
  const numbers = namesIn(dir)
    .filter((name) => /^\d{1,15}$/.test(name))
    .map(Number)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

function startCount(dir: string): void {
  mkdirSync(dir, {recursive: true})
  try {
    closeSync(openSync(`${dir}/0`, 'wx'))
  } catch (error) {
    // Somebody else has begun to count.
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}
