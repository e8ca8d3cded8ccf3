import {git, runGit} from './plumbing.js'
import {findRepository} from './repository.js'
import {readState} from './repository-state.js'

/** Files of the last commit, from the home, whose text matches a POSIX extended expression; one git process. */
export function grepCommitted(home: string, pattern: string): string[] {
  const repository = findRepository(home)
  if (readState(repository).head === null) return []
  const scope = repository.prefix === '' ? [] : ['--', repository.prefix]
  const {code, stdout} = runGit(repository, ['grep', '-I', '-l', '-z', '-E', '-e', pattern, 'HEAD', ...scope])
  if (code !== 0) return []
  return splitNames(stdout).map((name) => name.slice(`HEAD:${repository.prefix}`.length))
}

/** When the last commit was made, in milliseconds since the epoch; null before the first. */
export function lastCommitTime(home: string): number | null {
  const repository = findRepository(home)
  if (readState(repository).head === null) return null
  return Number(git(repository, ['log', '-1', '--no-show-signature', '--format=%ct', 'HEAD']).toString().trim()) * 1000
}

function splitNames(output: Buffer): string[] {
  return output
    .toString()
    .split('\0')
    .filter((name) => name !== '')
}
