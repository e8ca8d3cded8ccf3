import {git} from './plumbing.js'
import {findRepository} from './repository.js'
import {readState} from './repository-state.js'

/**
 * Whether a path of the home was ever committed, also when a later commit took it away again. All of the history is
 * walked: the times of commits are no place to stop at, as a machine's clock may have been off.
 */
export function wasCommitted(home: string, path: string): boolean {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null) return false
  const args = ['log', '--full-history', '--max-count=1', '--format=%H', '--no-show-signature', head, '--']
  return git(repository, [...args, `:(top,literal)${repository.prefix}${path}`]).length > 0
}
