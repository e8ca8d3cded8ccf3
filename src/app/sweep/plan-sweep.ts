import {lstatSync} from 'node:fs'
import {relative} from 'node:path'
import {isCollectionDue} from '../../history/collect.js'
import {hasJournal, listJournals} from '../../history/journal.js'
import {COMMIT_LOCK} from '../../history/leftover.js'
import {findRepository} from '../../history/repository.js'
import {isUserError} from '../../kit/errors.js'
import {deadLocks, deadStaging, tempLeftovers} from '../../kit/leftovers.js'
import {isStale, readHolder} from '../../kit/lock-holder.js'
import {oldTranscripts} from '../../turn/transcript.js'
import {agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {transcriptPath} from '../../workspace/transcript-file.js'
import {goneWorktrees} from './gone-worktrees.js'
import {oldBackups} from './old-backups.js'
import {notInLedger} from './old-receipts.js'
import {receiptsToSweep} from './receipts-age.js'
import {sizeOf} from './size-of.js'
import type {SweepKind, SweepStep} from './sweep-step.js'

/** How long a message may be on its way into an inbox, as maildir has it. */
const DELIVERY_MS = 36 * 3_600_000

/** All that upkeep would clear away now, in the order in which it is done; looks, and changes nothing. */
export function planSweep(fleet: Fleet, {isGcForced}: {readonly isGcForced: boolean}): SweepStep[] {
  return [
    ...journals(fleet),
    ...locks(fleet),
    ...halfDone(fleet),
    ...stages(fleet),
    ...receipts(fleet),
    ...transcripts(fleet),
    ...backups(fleet),
    ...deliveries(fleet),
    ...worktrees(fleet),
    ...collection(fleet, isGcForced),
  ]
}

function stepAt({home}: Fleet, kind: SweepKind, path: string, why: string): SweepStep {
  return {kind, path, why, bytes: sizeOf(`${home.dir}/${path}`)}
}

/** A journal is a leftover only where nobody commits at this moment. */
function journals(fleet: Fleet): SweepStep[] {
  if (!hasJournal(fleet.home.dir)) return []
  const holder = readHolder(`${fleet.mcos.dir}/locks/${COMMIT_LOCK}.lock`)
  if (holder !== null && !isStale(holder, fleet.clock.now())) return []
  const why = 'a commit that a killed process had begun: it is finished'
  return listJournals(fleet.mcos).map((path) => stepAt(fleet, 'journal', `.mcos/${path}`, why))
}

function locks(fleet: Fleet): SweepStep[] {
  return deadLocks(fleet.mcos.dir, fleet.clock.now()).map(({name, holder}) =>
    stepAt(fleet, 'lock', `.mcos/locks/${name}.lock`, `process ${holder.pid} on ${holder.host} held it, and is gone`),
  )
}

/** Times of change are the disk's, whatever clock the fleet goes by. */
function halfDone(fleet: Fleet): SweepStep[] {
  const now = Date.now()
  const staging = deadStaging(fleet.mcos.dir, now).map((path) => path.slice(fleet.home.dir.length + 1))
  return [
    ...staging.map((path) => stepAt(fleet, 'staging', path, 'the work folder of a process that was killed')),
    ...tempLeftovers(fleet.home.dir, now).map((path) =>
      stepAt(fleet, 'half-written', path, 'a half-written file of a process that was killed'),
    ),
  ]
}

function stages(fleet: Fleet): SweepStep[] {
  const holder = readHolder(`${fleet.mcos.dir}/locks/_adopt.lock`)
  if (holder !== null && !isStale(holder, fleet.clock.now())) return []
  return fleet.home.files
    .list('workspaces')
    .filter(({name, kind}) => kind === 'folder' && name.startsWith('.adopting-'))
    .map(({name}) => stepAt(fleet, 'stage', `workspaces/${name}`, 'copies of an adoption that was killed'))
}

function receipts(fleet: Fleet): SweepStep[] {
  return receiptsToSweep(fleet.mcos, fleet.clock.now()).map((path) => {
    const unknown = notInLedger(fleet, path).length > 0
    const why = `older than 90 days; ${unknown ? 'what it spent goes into usage/ first' : 'usage/ has what it spent'}`
    return stepAt(fleet, 'receipts', `.mcos/${path}`, why)
  })
}

function transcripts(fleet: Fleet): SweepStep[] {
  return oldTranscripts(fleet.mcos).map((turn) =>
    stepAt(fleet, 'transcript', `.mcos/${transcriptPath(turn)}`, 'older than the newest 90 days'),
  )
}

function backups(fleet: Fleet): SweepStep[] {
  return oldBackups(fleet).map((path) => stepAt(fleet, 'backup', path, 'what doctor --fix kept, older than 90 days'))
}

function deliveries(fleet: Fleet): SweepStep[] {
  const {home} = fleet
  return listAgents(home).flatMap((agent) => {
    const folder = agentPaths(agent).inboxTmp
    if (home.files.stat(folder)?.kind !== 'folder') return []
    const old = home.files
      .list(folder)
      .filter(({name, kind}) => kind === 'file' && isPast(`${home.dir}/${folder}/${name}`))
    return old.map(({name}) =>
      stepAt(fleet, 'inbox-tmp', `${folder}/${name}`, 'a message that never arrived whole, older than 36 hours'),
    )
  })
}

function isPast(path: string): boolean {
  const found = lstatSync(path, {throwIfNoEntry: false})
  return found !== undefined && Date.now() - found.mtimeMs > DELIVERY_MS
}

function worktrees(fleet: Fleet): SweepStep[] {
  return goneWorktrees(fleet).map(({path, folder}) =>
    stepAt(fleet, 'worktree', path, `a worktree of mcos whose folder ${folder} is gone`),
  )
}

function collection(fleet: Fleet, isForced: boolean): SweepStep[] {
  try {
    const repository = findRepository(fleet.home.dir)
    if (!isForced && !isCollectionDue(repository)) return []
    const why = isForced ? 'asked for: all of it is packed anew' : 'loose objects have piled up: they are packed'
    const objects = `${repository.commonDir}/objects`
    return [{kind: 'git', path: relative(fleet.home.dir, objects), why, bytes: sizeOf(objects)}]
  } catch (error) {
    // No repository, or one that can't be read: doctor tells, and the rest is swept all the same.
    if (isUserError(error)) return []
    throw error
  }
}
