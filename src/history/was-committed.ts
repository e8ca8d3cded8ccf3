import {git} from './plumbing.js'
import {findRepository} from './repository.js'
import {readState} from './repository-state.js'

/** A clock that was off when something was committed. */
const CLOCKS_APART_S = 2 * 86_400

/** Whether a path of the home was ever committed since that time, also when a later commit took it away again. */
export function wasCommitted(home: string, path: string, since: number): boolean {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null) return false
  const from = Math.max(0, Math.floor(since / 1000) - CLOCKS_APART_S)
  const args = ['log', '--max-count=1', `--since=${from}`, '--format=%H', '--no-show-signature', head, '--']
  return git(repository, [...args, `:(top,literal)${repository.prefix}${path}`]).length > 0
}
