import {git} from './plumbing.js'
import {findRepository} from './repository.js'

/** The messages of these commits below their subjects, by commit; one git process for all. */
export function readCommitBodies(home: string, commits: readonly string[]): Map<string, string> {
  if (commits.length === 0) return new Map()
  const output = git(
    findRepository(home),
    ['log', '-z', '--no-walk=unsorted', '--stdin', '--no-show-signature', '--no-notes', '--format=%H%n%b'],
    {
      input: commits.map((commit) => `${commit}\n`).join(''),
    },
  )
  return new Map(
    output
      .toString()
      .split('\0')
      .filter((record) => record !== '')
      .map((record) => [record.slice(0, record.indexOf('\n')), record.slice(record.indexOf('\n') + 1)]),
  )
}
