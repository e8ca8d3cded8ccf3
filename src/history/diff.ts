import type {TreeEntry} from './objects.js'
import {git} from './plumbing.js'
import type {Repository} from './repository.js'

/** What one commit did to one path of the home. */
export interface PathDiff {
  readonly path: string
  readonly before: TreeEntry | null
  readonly after: TreeEntry | null
}

/** What each commit changed below the home, in the order asked for; one git process for all. */
export function diffCommits(repository: Repository, commits: readonly string[]): Map<string, PathDiff[]> {
  const args = [
    'diff-tree',
    '--stdin',
    '-r',
    '-z',
    '--root',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '-m',
    '--first-parent',
  ]
  const output = git(repository, args, {input: commits.map((commit) => `${commit}\n`).join('')}).toString()
  return parseDiff(output, repository.prefix)
}

/** Reads `diff-tree --stdin -r -z`: a commit's id, then its entries. */
function parseDiff(output: string, prefix: string): Map<string, PathDiff[]> {
  const diffs = new Map<string, PathDiff[]>()
  const fields = output.split('\0')
  let current: PathDiff[] = []
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? ''
    const [, oldMode = '', mode = '', oldOid = '', oid = ''] =
      /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) \w/.exec(field) ?? []
    if (oldMode !== '') {
      index++
      const path = fields[index] ?? ''
      if (!path.startsWith(prefix)) continue
      current.push({path: path.slice(prefix.length), before: entry(oldMode, oldOid), after: entry(mode, oid)})
    } else if (field !== '') {
      const commit = field.trim().split(' ')[0] ?? ''
      current = diffs.get(commit) ?? []
      diffs.set(commit, current)
    }
  }
  return diffs
}

function entry(mode: string, oid: string): TreeEntry | null {
  return /^0+$/.test(mode) ? null : {mode, oid}
}
