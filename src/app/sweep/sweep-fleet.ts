import {existsSync, rmSync} from 'node:fs'
import {sweepStages} from '../../fleet/adopt/stage.js'
import {readStop} from '../../guard/stop.js'
import {maybeCollect} from '../../history/collect.js'
import {recoverJournals} from '../../history/recover.js'
import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import {keepAlive} from '../../kit/keep-alive.js'
import {tryLock} from '../../kit/lock.js'
import {errnoOf} from '../../kit/storage-error.js'
import type {Fleet} from '../../workspace/fleet.js'
import {foldUsage} from '../usage/fold-usage.js'
import {removeOldReceipts} from './old-receipts.js'
import {planSweep} from './plan-sweep.js'
import {sizeOf} from './size-of.js'
import type {SweepKind, SweepStep} from './sweep-step.js'

/** What upkeep did, or with `dry_run` would do; the keys are a promise to programs. */
export interface SweepReport {
  readonly fleet: string
  readonly at: string
  readonly dry_run: boolean
  readonly plan: readonly SweepStep[]
  /** What is cleared away now. */
  readonly done: readonly SweepStep[]
  /** What had to stay, and why; the next sweep tries again. */
  readonly kept: readonly (SweepStep & {readonly because: string})[]
  readonly freed_bytes: number
  /** The commit that took receipts' sums into the ledger; null where nothing was to be added. */
  readonly commit: string | null
}

export interface SweepRequest {
  readonly isDryRun: boolean
  /** Packs git's objects whether they have piled up or not. */
  readonly isGcForced: boolean
}

const LOCK = '_sweep'
const LEASE_MS = 3_600_000

/**
 * Upkeep: clears away what is past its age and what killed processes have left. Beats may run beside it, whose locks
 * it respects; killed anywhere it has lost nothing, and the next one goes on.
 */
export async function sweepFleet(fleet: Fleet, {isDryRun, isGcForced}: SweepRequest): Promise<SweepReport> {
  const base = {fleet: fleet.home.config.name, at: new Date(fleet.clock.now()).toISOString(), dry_run: isDryRun}
  if (isDryRun) return {...base, plan: planSweep(fleet, {isGcForced}), done: [], kept: [], freed_bytes: 0, commit: null}
  const attempt = tryLock(fleet.mcos, LOCK, {clock: fleet.clock, leaseMs: LEASE_MS})
  if (!('lock' in attempt)) throw isSwept(attempt.holder.pid)
  const letGo = keepAlive(attempt.lock)
  try {
    const plan = planSweep(fleet, {isGcForced})
    return {...base, plan, ...(await applySweep(fleet, plan, isGcForced))}
  } finally {
    letGo()
    attempt.lock.release()
  }
}

type Applied = Pick<SweepReport, 'done' | 'kept' | 'freed_bytes' | 'commit'>

async function applySweep(fleet: Fleet, plan: readonly SweepStep[], isGcForced: boolean): Promise<Applied> {
  const has = (kind: SweepKind): boolean => plan.some((step) => step.kind === kind)
  const reasons = new Map<SweepKind, string>()
  let commit: string | null = null
  if (has('journal')) tryStep(reasons, 'journal', () => recoverJournals(fleet.home.dir, fleet))
  if (has('stage')) tryStep(reasons, 'stage', () => sweepStages(fleet))
  const receipts = plan.filter(({kind}) => kind === 'receipts').map(({path}) => path.slice('.mcos/'.length))
  if (receipts.length > 0) commit = await foldReceipts(fleet, receipts, reasons)
  for (const step of plan) tryStep(reasons, step.kind, () => clear(fleet, step))
  if (has('git')) collect(fleet, reasons, isGcForced)
  const left = plan.map((step) => leftOf(fleet, step, reasons))
  return {
    done: plan.filter((_, place) => left[place] === null),
    kept: plan.flatMap((step, place) => {
      const because = left[place] ?? null
      return because === null ? [] : [{...step, because}]
    }),
    freed_bytes: plan.reduce((sum, step) => sum + step.bytes - sizeOf(`${fleet.home.dir}/${step.path}`), 0),
    commit,
  }
}

/** Their sums come into the committed ledger first; what can't come there keeps its receipts. */
async function foldReceipts(
  fleet: Fleet,
  old: readonly string[],
  reasons: Map<SweepKind, string>,
): Promise<string | null> {
  if (readStop(fleet.mcos, null)) {
    reasons.set('receipts', 'the fleet is stopped, and their sums would be a commit')
    return null
  }
  fleet.mcos.makeFolder('budget')
  const {commit, waiting} = await foldUsage(fleet, old)
  if (waiting !== null) reasons.set('receipts', `the ledger can't be written: ${waiting}`)
  else tryStep(reasons, 'receipts', () => removeOldReceipts(fleet, old))
  return commit
}

function clear({home, mcos, clock}: Fleet, {kind, path}: SweepStep): void {
  if (kind === 'transcript' || kind === 'half-written' || kind === 'inbox-tmp') home.files.remove(path, {sync: false})
  else if (kind === 'staging' || kind === 'backup') rmSync(`${home.dir}/${path}`, {recursive: true, force: true})
  else if (kind === 'worktree') rmSync(`${home.dir}/${path}`, {recursive: true, force: true})
  else if (kind === 'lock') {
    // Taken over and given back, as whoever comes next would do.
    const attempt = tryLock(mcos, path.slice('.mcos/locks/'.length, -'.lock'.length), {clock})
    if ('lock' in attempt) attempt.lock.release()
  }
}

function collect(fleet: Fleet, reasons: Map<SweepKind, string>, isForced: boolean): void {
  const collected = maybeCollect(fleet.home.dir, {clock: fleet.clock, isForced})
  if (collected === 'busy') reasons.set('git', 'somebody is committing or packing at this moment')
  if (collected === 'failed') reasons.set('git', 'git gc failed: mcos doctor says what is wrong with the repository')
}

/** Why it still lies there; null: it is done. */
function leftOf(fleet: Fleet, step: SweepStep, reasons: ReadonlyMap<SweepKind, string>): string | null {
  const because = reasons.get(step.kind) ?? null
  if (step.kind === 'git') return because
  return existsSync(`${fleet.home.dir}/${step.path}`) ? (because ?? 'somebody uses it again') : null
}

/** What can't be cleared stays, and is told; the rest goes on. */
function tryStep(reasons: Map<SweepKind, string>, kind: SweepKind, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isUserError(error) && errnoOf(error) === undefined) throw error
    reasons.set(kind, error instanceof Error ? error.message : String(error))
  }
}

function isSwept(pid: number): UserError {
  return new UserError(`Another sweep of this fleet is at work (process ${pid}). Nothing was changed.`, {
    code: 'BUSY',
    fix: 'Try again in a minute.',
    exit: EXIT.failed,
  })
}
