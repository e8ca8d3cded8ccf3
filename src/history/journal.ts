import {lstatSync, readdirSync} from 'node:fs'
import {UserError} from '../kit/errors.js'
import type {Folder, Staging} from '../kit/folder.js'
import {errnoOf} from '../kit/storage-error.js'
import type {ChangeSet} from './change-set.js'
import type {DiskStep} from './disk-plan.js'

/**
 * Everything needed to finish what was begun. It is written before the first file is touched and goes when the last
 * trace of the work is durable, so a journal that is there tells of a process that was stopped in between.
 */
export interface Journal {
  readonly version: 1
  readonly id: string
  /** The commit that the work was planned on; null before the first one. */
  readonly base: string | null
  readonly sets: readonly ChangeSet[]
  readonly disk: readonly DiskStep[]
  /** How long each file of `.mcos` was that lines will be added to. */
  readonly localSizes: Readonly<Record<string, number>>
}

const FOLDER = 'journal'
const SET_ASIDE = `${FOLDER}/set-aside`

/** Whether a killed process has left work to finish; one look into one folder. */
export function hasJournal(home: string): boolean {
  try {
    return readdirSync(`${home}/.mcos/${FOLDER}`).some(isJournal)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}

/** The journals that are there, oldest first, as paths relative to `.mcos`. */
export function listJournals(mcos: Folder): string[] {
  return mcos
    .list(FOLDER)
    .filter(({name, kind}) => kind === 'file' && isJournal(name))
    .map(({name}) => `${FOLDER}/${name}`)
}

export function writeJournal(mcos: Folder, journal: Journal, staging: Staging): string {
  const path = `${FOLDER}/${journal.id}.json`
  // Its id is new: nothing of that name can lie there.
  mcos.write(path, JSON.stringify(journal), {staging, mode: 0o600})
  return path
}

/** Reads one journal, or says what is wrong with it. */
export function readJournal(mcos: Folder, path: string): Journal | UserError {
  try {
    const value: unknown = JSON.parse(mcos.readText(path, {maxBytes: Number.MAX_SAFE_INTEGER}) ?? '')
    if (isWhole(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return new UserError(`.mcos/${path}: expected the journal of a stopped process, got something else.`, {
    code: 'JOURNAL_DAMAGED',
    fix: `Look into .mcos/${SET_ASIDE}/ and the last turn's files; nothing of it was carried out again.`,
  })
}

export function removeJournal(mcos: Folder, path: string, staging: Staging): void {
  // Not synced: should it come back after a power cut, the redo finds everything done.
  mcos.remove(path, {staging, sync: false})
}

/** Puts a journal that can't be carried out where it is kept but no longer in the way. */
export function setAside(mcos: Folder, path: string, staging: Staging): void {
  mcos.makeFolder(SET_ASIDE)
  mcos.move(path, `${SET_ASIDE}/${path.slice(FOLDER.length + 1)}`, {staging})
}

/** Journals that were set aside, for `fsck` and `doctor` to tell of. */
export function listSetAside(home: string): string[] {
  const dir = `${home}/.mcos/${SET_ASIDE}`
  if (!lstatSync(dir, {throwIfNoEntry: false})) return []
  return readdirSync(dir)
    .filter(isJournal)
    .map((name) => `.mcos/${SET_ASIDE}/${name}`)
}

function isJournal(name: string): boolean {
  return /^[0-9A-Z]{26}\.json$/.test(name)
}

function isWhole(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null) return false
  const journal = value as Partial<Journal>
  return journal.version === 1 && Array.isArray(journal.sets) && Array.isArray(journal.disk) && !!journal.localSizes
}
