import {steadyMs} from '../kit/clock.js'
import {UserError} from '../kit/errors.js'
import {pathsOf} from '../workspace/change.js'
import {type ChangeSet, TURN_TRAILER} from './change-set.js'
import {type ComposedFile, compose} from './compose.js'
import {formatImport} from './fast-import.js'
import type {Journal} from './journal.js'
import {sweepKilledGit} from './killed-git.js'
import {git, gitFailed, isKilled, runGit} from './plumbing.js'
import type {Repository} from './repository.js'
import {insistOnReady} from './repository-state.js'
import {readSnapshot, type Snapshot} from './snapshot.js'
import type {VirtualDisk} from './virtual-disk.js'

export interface Committed {
  /** By the set's id; a set that changed nothing has none. */
  readonly commits: ReadonlyMap<string, string>
  /** The commit they follow without a gap; null when some of them were there already. */
  readonly onto: string | null
  readonly base: Snapshot
  /** What the newest commit has for the sets' paths, and the index as it was read. */
  readonly head: Snapshot
}

interface CommitWork {
  readonly repository: Repository
  readonly journal: Pick<Journal, 'base' | 'sets'>
  /** What was read when the sets were accepted; null in a redo. */
  readonly snapshot: Snapshot | null
  readonly disk: VirtualDisk
  /** Throws when this process has lost its lock. */
  readonly insistOnLock: () => void
}

const PATIENCE_MS = 2000

/** Commits what isn't committed yet; a person who commits at the same moment makes us start again on top of theirs. */
export function commitSets(work: CommitWork): Committed {
  const {repository, journal} = work
  const deadline = steadyMs() + PATIENCE_MS
  for (let attempt = 0; ; attempt++) {
    const {branch, head} = insistOnReady(repository)
    const base = work.snapshot ?? snapshotOf(repository, journal.sets, journal.base)
    const now = head === base.commit ? base : snapshotOf(repository, journal.sets, head)
    const done =
      head === journal.base
        ? new Map<string, string>()
        : turnsSince(repository, {base: journal.base, head, sets: journal.sets})
    const sets = journal.sets.filter(({id}) => !done.has(id))
    const {commits, tree} = compose({
      sets,
      prefix: repository.prefix,
      hash: repository.hash,
      base,
      now,
      disk: (path) => work.disk.before(path),
    })
    if (commits.length === 0) return {commits: done, onto: null, base, head: now}
    work.insistOnLock()
    const made = runGit(repository, ['fast-import', '--quiet', '--done', '--date-format=raw'], {
      input: formatImport({branch, parent: head, commits}),
      config: AS_PACK,
    })
    if (made.code === 0) {
      const ids = made.stdout.toString().trim().split('\n')
      const all = new Map([...done, ...commits.map(({id}, index) => [id ?? '', ids[index] ?? ''] as const)])
      return {commits: all, onto: done.size === 0 ? head : null, base, head: withTree(now, tree)}
    }
    const wasKilled = isKilled(made)
    if (!(wasKilled || MOVED_ON.test(made.stderr)) || steadyMs() > deadline)
      throw gitFailed('fast-import', made, repository)
    sweepKilledGit(repository, {wasKilled})
    pause(attempt)
  }
}

/**
 * Objects and the branch are on the disk before the journal goes. The commits stay in the pack they come in: unpacked, a
 * turn's dozen objects would each be written, linked and flushed by a second git, which costs four times as much. What
 * piles up is put together between beats, see maybeCollect.
 */
const AS_PACK = ['fastimport.unpackLimit=1', 'core.fsync=pack,pack-metadata,reference']

/** What git says when the branch isn't where we saw it, or another git is just moving it. */
const MOVED_ON =
  /Not updating|cannot lock ref|cannot create keep file|Unable to create '.*\.lock'|reference already exists|failed to update ref/

/** Asks git about every path of some sets. */
export function snapshotOf(repository: Repository, sets: readonly ChangeSet[], commit: string | null): Snapshot {
  const changes = sets.flatMap((set) => set.changes)
  const appended = new Set(changes.flatMap((change) => (change.kind === 'append' ? [change.path] : [])))
  // Lines may be added to a file that was moved just before: then the old name's text is needed.
  const sources = changes.flatMap((change) => (change.kind === 'move' && appended.has(change.to) ? [change.from] : []))
  const paths = [...new Set(changes.flatMap(pathsOf))]
  return readSnapshot(repository, {commit, paths, withContent: new Set([...appended, ...sources])})
}

/** The commits since `base` that carry one of the sets' ids: what a killed process had done already. */
function turnsSince(
  repository: Repository,
  {base, head, sets}: {base: string | null; head: string | null; sets: readonly ChangeSet[]},
): Map<string, string> {
  if (head === null) return new Map()
  const range = base === null ? [head] : [head, `^${base}`]
  const format = `--format=%H %(trailers:key=${TURN_TRAILER},valueonly,separator=%x20)`
  const result = runGit(repository, ['rev-list', '--no-commit-header', format, ...range])
  // A git before 2.33 doesn't know --no-commit-header; `log` says the same a little slower.
  const text = result.code === 0 ? result.stdout : git(repository, ['log', '--no-show-signature', format, ...range])
  const ours = new Set(sets.map(({id}) => id))
  const found = new Map<string, string>()
  for (const line of text.toString().split('\n')) {
    const [commit = '', ...turns] = line.trim().split(' ')
    for (const turn of turns) if (ours.has(turn)) found.set(turn, commit)
  }
  return found
}

function withTree(snapshot: Snapshot, tree: ReadonlyMap<string, ComposedFile | null>): Snapshot {
  return {...snapshot, committed: new Map([...snapshot.committed, ...tree])}
}

function pause(attempt: number): void {
  if (attempt > 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 * attempt * (0.5 + Math.random()))
}

export function lostLock(): UserError {
  return new UserError('Another process has taken over the commit lock and finished this work.', {
    code: 'FENCED',
    fix: 'Run the same command again.',
  })
}
