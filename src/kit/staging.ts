import {existsSync} from 'node:fs'
import {UserError} from './errors.js'

/**
 * Where a lock's holder prepares its files. A takeover renames this folder away first, so that a holder who comes back
 * late finds every rename out of it failing.
 */
export interface Staging {
  /** An absolute path, used by name on purpose: an open handle would survive the takeover. */
  readonly dir: string
}

/** Throws when the lock this staging folder belongs to has been taken over. */
export function insistOnStaging(staging: Staging, path: string): void {
  if (!existsSync(staging.dir)) throw fenced(path)
}

/** What a holder gets who comes back after another has taken over its lock. */
export function fenced(path: string): UserError {
  return new UserError(`${path} was not changed: this process lost its lock to another one meanwhile.`, {
    code: 'FENCED',
    fix: 'Run the same command again.',
  })
}
