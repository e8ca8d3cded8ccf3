import {isUserError} from '../kit/errors.js'
import type {Folder, Staging} from '../kit/folder.js'
import type {Lock} from '../kit/lock.js'
import {applyStep, takeBackStep} from './apply.js'
import {type Committed, commitSets, lostLock} from './commit-sets.js'
import type {DiskStep} from './disk-plan.js'
import {syncFiles, syncSteps} from './durable.js'
import {editIndex, indexMark} from './index-entries.js'
import {planIndex} from './index-plan.js'
import {type Journal, removeJournal} from './journal.js'
import {writeLocal} from './local-writes.js'
import {git} from './plumbing.js'
import type {Repository} from './repository.js'
import {readSnapshot, type Snapshot} from './snapshot.js'
import {VirtualDisk} from './virtual-disk.js'

/** Where work on a home happens and what it holds meanwhile. */
export interface Workplace {
  readonly files: Folder
  readonly mcos: Folder
  readonly repository: Repository
  /** The fleet's commit lock. */
  readonly lock: Lock
  /** Told before each stage; a test stops the process there. */
  readonly onStage?: ((stage: Stage) => void) | undefined
}

export type Stage = 'journal' | 'disk' | 'commit' | 'local' | 'index' | 'done'

/** What a process that planned the work itself knows, and a redo has to find out. */
export interface Fresh {
  readonly snapshot: Snapshot
  readonly disk: VirtualDisk
  readonly indexMark: string
  readonly staging: Staging
}

/** Does what a journal says, from wherever it was left; every stage finds by itself what is done already. */
export function carryOut(
  place: Workplace,
  {journal, path, fresh}: {journal: Journal; path: string; fresh: Fresh | null},
): Pick<Committed, 'commits' | 'onto'> {
  const {files, mcos, repository, lock} = place
  const staging = fresh?.staging ?? lock.staging
  const disk = fresh?.disk ?? VirtualDisk.over(files)
  const insistOnLock = () => {
    if (!lock.isHeld()) throw lostLock()
  }
  place.onStage?.('disk')
  const committed = orTakenBack(place, {journal, path, fresh}, () => {
    for (const step of journal.disk) applyStep(files, step, {staging, sync: false})
    place.onStage?.('commit')
    return commitSets({repository, journal, snapshot: fresh?.snapshot ?? null, disk, insistOnLock})
  })
  place.onStage?.('local')
  const sizes = journal.localSizes
  writeLocal(mcos, journal.sets, {commits: committed.commits, sizes, staging: lock.staging, sync: false})
  place.onStage?.('index')
  const isFollowed = followInIndex(place, {journal, committed, mark: fresh?.indexMark ?? null})
  // One wait for everything costs less than one each: what goes to the disk first takes the rest along.
  syncSteps(files.dir, journal.disk)
  const local = journal.sets.flatMap((set) => set.local.map(({path: file}) => file))
  const isGrown = (file: string): boolean => (sizes[file] ?? 0) > 0
  syncFiles(mcos.dir, {named: local.filter((file) => !isGrown(file)), grown: local.filter(isGrown)})
  place.onStage?.('done')
  // Otherwise the journal stays, and the next run looks after the index.
  if (isFollowed) removeJournal(mcos, path, lock.staging)
  return committed
}

/** A full disk or a locked branch must not leave files changed without their commit: what was done is taken back. */
function orTakenBack(
  {files, mcos, lock}: Workplace,
  {journal, path, fresh}: {journal: Journal; path: string; fresh: Fresh | null},
  work: () => Committed,
): Committed {
  try {
    return work()
  } catch (error) {
    // Who has lost the lock must not touch anything: another process has finished the work from the journal.
    if (fresh && lock.isHeld() && !(isUserError(error) && error.code === 'FENCED')) {
      for (const step of [...journal.disk].reverse()) {
        takeBackStep(files, step, {before: contentBefore(fresh.disk, step), staging: lock.staging})
      }
      removeJournal(mcos, path, lock.staging)
    }
    throw error
  }
}

function contentBefore(disk: VirtualDisk, step: DiskStep): Buffer | null {
  return step.kind === 'move' ? null : (disk.before(step.path)?.content ?? null)
}

const INDEX_WAIT_MS = 1000

function followInIndex(
  {repository, lock}: Workplace,
  {journal, committed, mark}: {journal: Journal; committed: Committed; mark: string | null},
): boolean {
  const sets = journal.sets.filter(({commit}) => commit !== null)
  const edits = () => {
    const isUnchanged = mark !== null && indexMark(repository) === mark
    const head = isUnchanged ? committed.head : {...committed.head, ...rereadIndex(repository, committed.head)}
    const plan = planIndex({sets, prefix: repository.prefix, base: committed.base, head})
    const texts = plan.texts.map(({path, mode, content}) => ({path, to: {mode, oid: storeBlob(repository, content)}}))
    return [...plan.edits, ...texts]
  }
  try {
    // A redo has met a busy index before and doesn't wait for it again.
    return editIndex(repository, {id: lock.id, waitMs: mark === null ? 100 : INDEX_WAIT_MS, edits})
  } catch (error) {
    // The commit is there, so the work has not failed: the journal stays for the index alone. A redo says what is wrong.
    if (mark === null || !isUserError(error)) throw error
    return false
  }
}

/** What a person has staged since we looked. */
function rereadIndex(repository: Repository, head: Snapshot): Pick<Snapshot, 'staged' | 'unmerged'> {
  const paths = [...head.staged.keys()]
  const {staged, unmerged} = readSnapshot(repository, {commit: null, paths, withContent: new Set()})
  return {staged, unmerged}
}

function storeBlob(repository: Repository, content: Buffer): string {
  return git(repository, ['hash-object', '-w', '-t', 'blob', '--no-filters', '--stdin'], {input: content})
    .toString()
    .trim()
}
