import type {Clock} from '../kit/clock.js'
import {type Folder, openFolder, type Staging} from '../kit/folder.js'
import {newId} from '../kit/ids.js'
import type {Lock} from '../kit/lock.js'
import {accept, refusedPath} from './accept.js'
import {applyStep} from './apply.js'
import {carryOut, type Stage, type Workplace} from './carry-out.js'
import type {ChangeResult, ChangeSet, Refusal} from './change-set.js'
import {takeCommitLock} from './commit-lock.js'
import {snapshotOf} from './commit-sets.js'
import {type DiskStep, planDisk} from './disk-plan.js'
import {indexMark} from './index-entries.js'
import {type Journal, writeJournal} from './journal.js'
import {localSizes, writeLocal} from './local-writes.js'
import {finishJournals} from './recover.js'
import {findRepository} from './repository.js'
import {insistOnReady} from './repository-state.js'
import {VirtualDisk} from './virtual-disk.js'

export interface CommitOptions {
  readonly clock: Clock
  /** The agent's lock: should it be lost on the way, nothing more is placed. */
  readonly lock?: Pick<Lock, 'staging'> | undefined
  readonly onStage?: ((stage: Stage) => void) | undefined
}

/**
 * Applies sets to the home and commits each of them, or refuses it, in the order given. Whatever happens on the way, a
 * set ends up whole or not at all: what a kill leaves half-done, the next call finishes from the journal first.
 */
export function commitChangeSets(home: string, sets: readonly ChangeSet[], options: CommitOptions): ChangeResult[] {
  const files = openFolder(home)
  files.makeFolder('.mcos')
  const mcos = openFolder(`${files.dir}/.mcos`)
  if (sets.every(({changes}) => changes.length === 0)) return onlyLocal(mcos, sets)
  if (sets.every(isOneFile)) return sets.map((set) => applyOne(files, set, options.lock?.staging))
  const lock = takeCommitLock(mcos, {clock: options.clock, repository: () => findRepository(files.dir)})
  try {
    return commitUnderLock(
      {files, mcos, repository: findRepository(files.dir), lock, onStage: options.onStage},
      sets,
      options,
    )
  } finally {
    lock.release()
  }
}

function commitUnderLock(
  place: Workplace,
  sets: readonly ChangeSet[],
  {clock, lock: agentLock}: CommitOptions,
): ChangeResult[] {
  const {files, mcos, repository, lock} = place
  finishJournals(place)
  const {head} = insistOnReady(repository)
  const mark = indexMark(repository)
  const snapshot = snapshotOf(
    repository,
    sets.filter(({changes}) => !changes.some(refusedPath)),
    head,
  )
  const {accepted, refused, disk} = acceptAll(sets, {files, snapshot, hash: repository.hash})
  const staging = agentLock?.staging ?? lock.staging
  let done: ReturnType<typeof carryOut> = {commits: new Map(), onto: null}
  if (accepted.length > 0) {
    const journal: Journal = {
      version: 1,
      id: newId(clock),
      base: head,
      sets: accepted,
      disk: planDisk(disk),
      localSizes: localSizes(mcos, accepted),
    }
    place.onStage?.('journal')
    const path = writeJournal(mcos, journal, lock.staging)
    done = carryOut(place, {journal, path, fresh: {snapshot, disk, indexMark: mark, staging}})
  }
  const {commits, onto} = done
  return sets.map(({id}) => ({id, commit: commits.get(id) ?? null, onto, refused: refused.get(id) ?? null}))
}

function acceptAll(
  sets: readonly ChangeSet[],
  {files, snapshot, hash}: {files: Folder; snapshot: ReturnType<typeof snapshotOf>; hash: 'sha1' | 'sha256'},
): {accepted: ChangeSet[]; refused: Map<string, Refusal>; disk: VirtualDisk} {
  let disk = VirtualDisk.over(files)
  const accepted: ChangeSet[] = []
  const refused = new Map<string, Refusal>()
  for (const set of sets) {
    const answer = accept(set, {disk, snapshot, hash})
    disk = answer.disk
    if (answer.refused) refused.set(set.id, answer.refused)
    else accepted.push(set)
  }
  return {accepted, refused, disk}
}

/** Nothing for git and nothing for the home: this machine's own files, each of them written atomically. */
function onlyLocal(mcos: Folder, sets: readonly ChangeSet[]): ChangeResult[] {
  writeLocal(mcos, sets, {commits: new Map(), sizes: {}, sync: true})
  return sets.map(({id}) => ({id, commit: null, onto: null, refused: null}))
}

/** One file and no commit is atomic by itself; a thousand messages in a row need no journal. */
function isOneFile({changes, commit, local}: ChangeSet): boolean {
  return commit === null && changes.length === 1 && local.length === 0
}

function applyOne(files: Folder, set: ChangeSet, staging: Staging | undefined): ChangeResult {
  const answer = accept(set, {disk: VirtualDisk.over(files), snapshot: null, hash: 'sha1'})
  const steps = answer.refused ? [] : planDisk(answer.disk)
  const missed = steps.find((step) => !applyStep(files, step, staging ? {staging} : {}))
  return {id: set.id, commit: null, onto: null, refused: missed ? overtaken(missed) : answer.refused}
}

function overtaken(step: DiskStep): Refusal {
  return {
    path: step.kind === 'move' ? step.from : step.path,
    code: 'CONFLICT',
    reason: 'somebody else has changed it since it was read',
    fix: 'Run the same command again; it starts from what is there now.',
  }
}
