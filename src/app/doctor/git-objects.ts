import path from 'node:path'
import {configValue} from '../../history/git-config.js'
import {runGit} from '../../history/plumbing.js'
import {findRepository, type Repository, readSmall} from '../../history/repository.js'
import {readState} from '../../history/repository-state.js'
import {isUserError} from '../../kit/errors.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Checkup, Trouble} from '../../workspace/health.js'

/** Whether git can still read what was committed last. */
export const gitObjects: Checkup = {
  id: 'git-objects',
  title: 'The last commit is there, with all its files',
  means: 'git has lost contents, by a full or failing disk mostly: what was committed can not be read any more.',
  examine({home}) {
    const repository = opened(home.dir)
    if (repository === null) return {seen: 'told by another check', troubles: []}
    const {head, branch} = readState(repository)
    if (head === null) return {seen: 'nothing is committed', troubles: lostBranch(repository, branch)}
    const {code, stdout, stderr} = runGit(repository, ['rev-list', '--objects', '--max-count=1', head])
    const fix = configValue(repository.config, 'remote.origin.url') === null ? 'git fsck --full' : 'git fetch --refetch'
    if (code !== 0) return {seen: '', troubles: [{status: 'fail', detail: shorten(cleanLine(stderr), 200), fix}]}
    return {
      seen: 'it is',
      troubles: lostObjects(repository, stdout.toString()).map((detail) => ({status: 'fail', detail, fix})),
    }
  },
}

/** Of the objects that are listed as `id path`, those that can't be read; their beginnings are enough to know. */
function lostObjects(repository: Repository, listed: string): string[] {
  const paths = new Map(listed.split('\n').map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
  paths.delete('')
  const input = [...paths.keys()].map((id) => `${id}\n`).join('')
  const {stdout, stderr} = runGit(repository, ['cat-file', '--batch-check', '--buffer'], {input})
  const seen = new Set(
    stdout
      .toString()
      .split('\n')
      .flatMap((line) => (/^\S+ (?:blob|tree|commit|tag) /.test(line) ? [line.split(' ')[0]] : [])),
  )
  const lost = [...paths].filter(([id]) => !seen.has(id))
  // A damaged object ends git's answer: it is the first that is missing, and the rest was not looked at.
  const named = stderr === '' ? lost : lost.slice(0, 1)
  return named.map(
    ([id, file]) => `the object ${id.slice(0, 10)} is lost or damaged: ${file || 'a folder'} as it was committed last`,
  )
}

/** A branch that stands nowhere, though git remembers where it stood. */
function lostBranch({commonDir}: Repository, branch: string | null): Trouble[] {
  const log = branch === null ? null : readSmall(path.join(commonDir, 'logs', branch))
  const last = log?.trimEnd().split('\n').at(-1)?.split(' ')[1]
  if (last === undefined) return []
  const file = path.join(commonDir, branch ?? '')
  const detail = `${branch} names no commit; it stood at ${last.slice(0, 10)}`
  return [{status: 'fail', detail, fix: `echo ${last} > '${file}'`}]
}

function opened(dir: string): Repository | null {
  try {
    return findRepository(dir)
  } catch (error) {
    // git's own checks tell of it.
    if (isUserError(error)) return null
    throw error
  }
}
