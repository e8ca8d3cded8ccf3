import {hasJournal} from '../../history/journal.js'
import type {Clock} from '../../kit/clock.js'
import {EXIT, UserError} from '../../kit/errors.js'
import type {Folder, Staging} from '../../kit/folder.js'
import {contentHash} from '../../kit/hash.js'
import {type Lock, tryLock, waitForLock} from '../../kit/lock.js'
import type {Scan} from './scan.js'

const STAGING_PREFIX = '.adopting-'
const HUGE_BYTES = 64 * 1024 * 1024

/** Whoever puts an adoption together holds it; a stage without a living holder is a killed one's. */
const STAGE_LOCK = '_adopt'
// Copying years of a workspace may take a while.
const LEASE_MS = 3_600_000

/** The right to put an adoption together, with nothing left of earlier ones that were killed. */
export function openStage({home, mcos, clock}: StageSite): Lock {
  const lock = waitForLock(mcos, STAGE_LOCK, {clock, leaseMs: LEASE_MS})
  clearStages(home)
  return lock
}

/** Ends it: what still lies on the stage was not adopted, and is only a copy. */
export function closeStage({home}: Pick<StageSite, 'home'>, lock: Lock): void {
  // A commit that was begun is finished from its journal, and its files may still lie here.
  if (lock.isHeld() && !hasJournal(home.files.dir)) clearStages(home)
  lock.release()
}

/** Clears away what adoptions that were killed have left; costs one look where there is nothing. */
export function sweepStages({home, mcos, clock}: StageSite): void {
  if (stagesIn(home.files).length === 0 || hasJournal(home.files.dir)) return
  const attempt = tryLock(mcos, STAGE_LOCK, {clock, leaseMs: LEASE_MS})
  if ('lock' in attempt) closeStage({home}, attempt.lock)
}

export interface StageSite {
  readonly home: {readonly files: Folder}
  readonly mcos: Folder
  readonly clock: Clock
}

/** Copies what was scanned into a folder of the home, byte for byte. */
export function stageFiles(
  source: Folder,
  scan: Scan,
  {home, staged, sync, staging}: {home: Folder; staged: string; sync: boolean; staging: Staging},
): void {
  for (const {path, mode} of scan.files) {
    const bytes = source.read(path, {maxBytes: HUGE_BYTES})
    if (bytes === null) throw hasGone(`${source.dir}/${path}`)
    home.write(`${staged}/${path}`, bytes, {mode, sync, expect: null, staging})
  }
}

/** Where the files of an agent-to-be are put together, beside where they will stand. */
export function stagingFolder(name: string): string {
  return `workspaces/${STAGING_PREFIX}${name}`
}

function clearStages({files}: {readonly files: Folder}): void {
  for (const stage of stagesIn(files)) clearFolder(files, stage)
}

function stagesIn(home: Folder): string[] {
  return home
    .list('workspaces')
    .filter(({name, kind}) => kind === 'folder' && name.startsWith(STAGING_PREFIX))
    .map(({name}) => `workspaces/${name}`)
}

function clearFolder(home: Folder, folder: string): void {
  for (const {name, kind} of home.list(folder)) {
    if (kind === 'folder') clearFolder(home, `${folder}/${name}`)
    else home.remove(`${folder}/${name}`, {sync: false})
  }
  home.removeFolder(folder)
}

/** Removes the originals that arrived unchanged, and the folders this empties; the number that stayed is told. */
export function removeOriginals(
  source: Folder,
  scan: Scan,
  {home, to}: {readonly home: Folder; readonly to: string},
): number {
  let stayed = 0
  for (const {path} of scan.files) {
    const arrived = home.read(`${to}/${path}`, {maxBytes: HUGE_BYTES})
    const original = source.read(path, {maxBytes: HUGE_BYTES})
    if (arrived && original?.equals(arrived)) source.remove(path, {expect: contentHash(original)})
    else stayed++
  }
  for (const folder of foldersOf(scan)) source.removeFolder(folder)
  return stayed
}

/** The folders that held what was scanned, innermost first; others' folders are none of ours. */
function foldersOf({files}: Scan): string[] {
  const folders = new Set<string>()
  for (const {path} of files) {
    const parts = path.split('/').slice(0, -1)
    for (let depth = parts.length; depth > 0; depth--) folders.add(parts.slice(0, depth).join('/'))
  }
  return [...folders].sort((a, b) => b.split('/').length - a.split('/').length)
}

function hasGone(path: string): UserError {
  return new UserError(`${path} has gone while it was being adopted. Nothing was changed.`, {
    code: 'CONFLICT',
    fix: 'Stop the old runtime, then run the same command again.',
    exit: EXIT.failed,
  })
}
