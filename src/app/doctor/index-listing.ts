import {runGit} from '../../history/plumbing.js'
import {findRepository} from '../../history/repository.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import {lookOnce} from './look-once.js'

/** What git's index lists; `flag` is a capital H for an ordinary file, S or a small letter for one that git passes over. */
export interface IndexListing {
  /** Why it can't be read; null: it can. */
  readonly trouble: string | null
  /** By its path from the root of the repository. */
  readonly files: readonly {readonly flag: string; readonly path: string}[]
}

/** One call of git for all checks; null: there is no repository to ask, which others tell. */
export const indexListing = lookOnce((fleet: Fleet): IndexListing | null => {
  try {
    const {code, stdout, stderr} = runGit(findRepository(fleet.home.dir), ['ls-files', '-v', '-z'])
    const entries = stdout
      .toString()
      .split('\0')
      .filter((entry) => entry !== '')
    return {
      trouble: code === 0 ? null : stderr,
      files: entries.map((entry) => ({flag: entry.slice(0, 1), path: entry.slice(2)})),
    }
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
})
