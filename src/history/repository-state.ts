import {join} from 'node:path'
import {UserError} from '../kit/errors.js'
import {runGit} from './plumbing.js'
import {findRepository, listNames, type Repository, readSmall} from './repository.js'

/** What a repository is in the middle of, and where its branch stands. */
export interface RepositoryState {
  /** As a person would say it ("a merge"); null when nothing is under way. */
  readonly busyWith: string | null
  /** The full name, refs/heads/main; null when HEAD is detached. */
  readonly branch: string | null
  /** The last commit; null before the first one. */
  readonly head: string | null
}

const UNDER_WAY: readonly (readonly [file: string, what: string, way: string])[] = [
  ['MERGE_HEAD', 'a merge', 'git merge --continue (or --abort)'],
  ['rebase-merge', 'a rebase', 'git rebase --continue (or --abort)'],
  ['rebase-apply', 'a rebase', 'git rebase --continue (or --abort)'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick --continue (or --abort)'],
  ['REVERT_HEAD', 'a revert', 'git revert --continue (or --abort)'],
  ['sequencer', 'a cherry-pick or revert of several commits', 'git cherry-pick --continue (or --abort)'],
  ['BISECT_LOG', 'a bisect', 'git bisect reset'],
]

export function repositoryState(home: string): RepositoryState {
  return readState(findRepository(home))
}

export function readState(repository: Repository): RepositoryState {
  const names = new Set(listNames(repository.gitDir))
  const busyWith = UNDER_WAY.find(([file]) => names.has(file))?.[1] ?? null
  const branch = readBranch(repository)
  return {busyWith, branch, head: readRef(repository, branch ?? 'HEAD')}
}

/** A repository an agent may commit to now: on a branch, with nothing half-done. */
export function insistOnReady(repository: Repository): {branch: string; head: string | null} {
  const {busyWith, branch, head} = readState(repository)
  if (busyWith !== null) {
    throw new UserError(`${repository.root} is in the middle of ${busyWith}; nothing was changed.`, {
      code: 'GIT_BUSY',
      fix: UNDER_WAY.find(([, what]) => what === busyWith)?.[2] ?? 'git status',
    })
  }
  if (branch === null) {
    throw new UserError(`${repository.root} is on no branch (detached HEAD); nothing was changed.`, {
      code: 'GIT_DETACHED',
      fix: 'git switch main',
    })
  }
  return {branch, head}
}

function readBranch(repository: Repository): string | null {
  const target = /^ref:\s*(\S.*)/.exec(readSmall(join(repository.gitDir, 'HEAD')) ?? '')?.[1]?.trim() ?? null
  if (repository.refs === 'files') return target
  const {code, stdout} = runGit(repository, ['symbolic-ref', '-q', 'HEAD'])
  return code === 0 ? stdout.toString().trim() : null
}

/** The commit a ref stands at; null when it doesn't exist yet. */
function readRef(repository: Repository, ref: string): string | null {
  if (repository.refs === 'reftable') {
    const {code, stdout} = runGit(repository, ['rev-parse', '--verify', '-q', `${ref}^{commit}`])
    return code === 0 ? stdout.toString().trim() : null
  }
  let name = ref
  for (let hops = 0; hops < 5; hops++) {
    const dir = name === 'HEAD' ? repository.gitDir : repository.commonDir
    const text = readSmall(join(dir, name))
    if (text === null) return readPackedRef(repository, name)
    const target = /^ref:\s*(\S.*)/.exec(text)?.[1]?.trim()
    if (!target) return /^[0-9a-f]{40,64}/.exec(text)?.[0] ?? null
    name = target
  }
  return null
}

function readPackedRef({commonDir}: Repository, ref: string): string | null {
  const text = readSmall(join(commonDir, 'packed-refs')) ?? ''
  const end = text.indexOf(` ${ref}\n`)
  return end === -1 ? null : text.slice(text.lastIndexOf('\n', end) + 1, end)
}
