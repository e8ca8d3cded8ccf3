import {TURN_TRAILER} from './change-set.js'
import {runGit} from './plumbing.js'
import {findRepository} from './repository.js'
import {readState} from './repository-state.js'

/** A commit that no turn and no command of mcos has made. */
export interface ForeignCommit {
  readonly commit: string
  readonly author: string
  /** Of the home, relative to it. */
  readonly paths: readonly string[]
}

/** Commits on the branch since another one, without those that name a turn; none where that one isn't known any more. */
export function foreignCommits(home: string, since: string | null): ForeignCommit[] {
  const repository = findRepository(home)
  const {head} = readState(repository)
  if (head === null || head === since) return []
  const format = `%x01%H%x1f%an%x1f%(trailers:key=${TURN_TRAILER},valueonly)%x1f`
  const {code, stdout} = runGit(repository, [
    'log',
    '-z',
    '--no-show-signature',
    '--no-renames',
    '--name-only',
    `--format=${format}`,
    since === null ? head : `${since}..${head}`,
  ])
  if (code !== 0) return []
  return stdout
    .toString()
    .split('\x01')
    .flatMap((record) => {
      const [commit = '', author = '', turn = '', names = ''] = record.split('\x1f')
      if (commit === '' || turn.trim() !== '') return []
      const inside = names
        .split('\0')
        .map((name) => name.replace(/^\n/, ''))
        .filter((name) => name !== '' && name.startsWith(repository.prefix))
      return [{commit, author, paths: inside.map((name) => name.slice(repository.prefix.length))}]
    })
}
