import {isUserError} from '../kit/errors.js'
import {parseWritable} from '../kit/relative-path.js'
import {shellWord} from '../kit/shell-word.js'
import {type Change, pathsOf} from '../workspace/change.js'
import type {ChangeSet, Refusal} from './change-set.js'
import {isSameAsCommitted} from './clean.js'
import {isFileMode} from './objects.js'
import type {Repository} from './repository.js'
import type {Snapshot} from './snapshot.js'
import type {VirtualDisk} from './virtual-disk.js'

export interface Accepted {
  readonly disk: VirtualDisk
  readonly refused: Refusal | null
}

/**
 * Tries a set on top of those before it: it is taken whole, or refused with the one path that stands in its way.
 * What a person hasn't committed is never overwritten, moved or removed; adding lines to it is fine.
 */
export function accept(
  set: ChangeSet,
  {disk, snapshot, hash}: {disk: VirtualDisk; snapshot: Snapshot | null; hash: Repository['hash']},
): Accepted {
  const trial = disk.fork()
  for (const change of set.changes) {
    const refused =
      refusedPath(change) ??
      attempt(change, trial) ??
      (set.commit && snapshot ? uncommitted(change, {disk, snapshot, hash}) : null)
    if (refused) return {disk, refused}
  }
  return {disk: trial, refused: null}
}

/** Paths of the home's own machinery, or that lead elsewhere, are no agent's business. */
export function refusedPath(change: Change): Refusal | null {
  for (const path of pathsOf(change)) {
    try {
      const [first] = parseWritable(path)
      if (first?.toLowerCase() === '.mcos') {
        return {path, code: 'PATH_ESCAPE', reason: "it is this machine's own", fix: 'Name a file of the fleet instead.'}
      }
    } catch (error) {
      if (!isUserError(error)) throw error
      return {path, code: error.code, reason: error.message, fix: error.suggestions[0] ?? ''}
    }
  }
  return null
}

function attempt(change: Change, trial: VirtualDisk): Refusal | null {
  try {
    const misfit = trial.plan(change)
    return misfit && {...misfit, code: 'CONFLICT', fix: 'Run the same command again; it starts from what is there now.'}
  } catch (error) {
    // A link, a folder in the way, a file that may not be read: this set's trouble, not its neighbours'.
    if (!isUserError(error)) throw error
    const path = pathsOf(change)[0] ?? ''
    return {path, code: error.code, reason: error.message, fix: error.suggestions[0] ?? ''}
  }
}

function uncommitted(
  change: Change,
  known: {disk: VirtualDisk; snapshot: Snapshot; hash: Repository['hash']},
): Refusal | null {
  for (const path of pathsOf(change)) {
    const {committed, unmerged} = known.snapshot
    const entry = committed.get(path)
    if (unmerged.has(path)) {
      return {path, code: 'GIT_BUSY', reason: 'it has an unresolved conflict', fix: `git add ${shellWord(path)}`}
    }
    if (entry && !isFileMode(entry.mode)) {
      return {
        path,
        code: 'PATH_LINK',
        reason: 'the last commit has something other than a file there',
        fix: `git log -- ${shellWord(path)}`,
      }
    }
  }
  if (change.kind === 'append') return null
  const [path = ''] = pathsOf(change)
  return isFree(change, known)
    ? null
    : {
        path,
        code: 'UNCOMMITTED',
        reason: 'it has changes that are not committed yet',
        fix: `mcos commit ${shellWord(path)}`,
      }
}

function isFree(
  change: Exclude<Change, {kind: 'append'}>,
  {disk, snapshot, hash}: {disk: VirtualDisk; snapshot: Snapshot; hash: Repository['hash']},
): boolean {
  const path = change.kind === 'move' ? change.from : change.path
  const now = disk.before(path)
  const committed = snapshot.committed.get(path) ?? null
  const staged = snapshot.staged.get(path) ?? null
  if (committed === null) {
    // Not known to git: a move loses nothing, a removal was asked for with the content in hand.
    const isStagedAsIs = staged === null || (now !== null && isSameAsCommitted(now.content, staged.oid, hash))
    if (change.kind === 'move') return isStagedAsIs
    if (now === null) return staged === null
    if (change.kind === 'remove') return isStagedAsIs && change.expect !== undefined
    return isStagedAsIs && now.content.equals(Buffer.from(change.content))
  }
  const isStaged = staged !== null && staged.oid !== committed.oid
  if (change.kind === 'move' && change.asItLies) return !isStaged && now !== null
  return !isStaged && (now === null || isSameAsCommitted(now.content, committed.oid, hash))
}
