import {isUserError, type UserError} from '../kit/errors.js'
import type {Fleet} from '../workspace/fleet.js'
import {lookOnce} from '../workspace/look-once.js'
import {runGit} from './plumbing.js'
import {findRepository} from './repository.js'

/** What git's index lists; `flag` is a capital H for an ordinary file, S or a small letter for one that git passes over. */
export interface IndexListing {
  /** Why it can't be read; null: it can. */
  readonly trouble: string | null
  /** Why git can't be asked at all; null: it was. */
  readonly closed: UserError | null
  /** By its path from the root of the repository. */
  readonly files: readonly {readonly flag: string; readonly path: string}[]
}

/** One call of git for all checks. */
export const indexListing = lookOnce((fleet: Fleet): IndexListing => {
  try {
    const {code, stdout, stderr} = runGit(findRepository(fleet.home.dir), ['ls-files', '-v', '-z'])
    const entries = stdout
      .toString()
      .split('\0')
      .filter((entry) => entry !== '')
    return {
      trouble: code === 0 ? null : stderr,
      closed: null,
      files: entries.map((entry) => ({flag: entry.slice(0, 1), path: entry.slice(2)})),
    }
  } catch (error) {
    if (isUserError(error)) return {trouble: null, closed: error, files: []}
    throw error
  }
})
