import {chmodSync, rmSync} from 'node:fs'
import path from 'node:path'
import {recoverJournals} from '../../history/recover.js'
import {findRepository} from '../../history/repository.js'
import {UserError} from '../../kit/errors.js'
import {tryLock} from '../../kit/lock.js'
import {shellWord} from '../../kit/shell-word.js'
import {pathsOf} from '../../workspace/change.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {LocalStep, Repair} from '../../workspace/health.js'
import {record} from '../record.js'

/** What `mcos doctor --fix` has done. */
export interface Repaired {
  readonly done: readonly string[]
  /** Where everything lies as it was before, from the home; null where nothing was there before. */
  readonly backup: string | null
  /** The turn that `mcos undo` takes back; null when nothing that git keeps was changed. */
  readonly turn: string | null
  readonly commit: string | null
  /** What was done to this machine's own files, which no commit holds and `mcos undo` can't take back. */
  readonly local: readonly string[]
  /** Puts this machine's own files back, as it is typed in the home; null where nothing of them was changed. */
  readonly restore: string | null
}

/** Keeps what is there, mends this machine's own files, then makes all other changes as one commit. */
export function applyRepairs(fleet: Fleet, repairs: readonly Repair[]): Repaired {
  const changes = repairs.flatMap((repair) => repair.changes ?? [])
  const local = repairs.flatMap((repair) => repair.local ?? [])
  const backup = backUp(fleet, [...changes.flatMap(pathsOf), ...local.flatMap(pathOf)])
  // Private keys first: a public key that nobody holds the other half of would be worse than none.
  for (const step of local) takeStep(fleet, step)
  const done = repairs.map(({what}) => what)
  const kept = repairs.filter((repair) => repair.local?.length).map(({what}) => what)
  const restore = kept.length === 0 || backup === null ? null : `cp -R ${backup}/. .`
  const around = {done, backup, local: kept, restore}
  if (changes.length === 0) return {...around, turn: null, commit: null}
  const body = repairs.filter((repair) => repair.changes?.length).map(({what}) => `- ${what}`)
  const {turn, commit} = record(fleet, {subject: 'Mend what doctor found', body: body.join('\n'), changes})
  // What was put back as the last commit has it makes no turn.
  return {...around, turn: commit === null ? null : turn, commit}
}

function backUp({home: {files}, mcos, clock}: Fleet, paths: readonly string[]): string | null {
  const folder = `backup/${new Date(clock.now()).toISOString().replace(/[:.]/g, '-')}`
  const there = [...new Set(paths)].filter((path) => files.stat(path)?.kind === 'file')
  for (const path of there) {
    const content = files.read(path, {maxBytes: Number.MAX_SAFE_INTEGER})
    if (content !== null) mcos.write(`${folder}/${path}`, content, {mode: 0o600})
  }
  return there.length === 0 ? null : `.mcos/${folder}`
}

/** What would be lost; closing it to others loses nothing. */
function pathOf(step: LocalStep): string[] {
  return step.kind === 'write' || step.kind === 'remove' ? [step.path] : []
}

function takeStep(fleet: Fleet, step: LocalStep): void {
  const {home, mcos, clock} = fleet
  if (step.kind === 'write') {
    const mode = step.mode === undefined ? {} : {mode: step.mode}
    home.files.write(step.path, step.content, {expect: step.expect, ...mode})
  } else if (step.kind === 'remove') removeAll(home.files, step.path)
  else if (step.kind === 'chmod') close(home.files, step)
  else if (step.kind === 'finish-journals') recoverJournals(home.dir, {clock})
  else if (step.kind === 'remove-in-git') removeInGit(home.dir, step.path)
  else {
    const answer = tryLock(mcos, step.name, {clock})
    if ('lock' in answer) answer.lock.release()
  }
}

/** A folder goes whole only below `.mcos/`, where nothing is a person's. */
function removeAll(files: Fleet['home']['files'], path: string): void {
  const isOurFolder = path.startsWith('.mcos/') && files.stat(path)?.kind === 'folder'
  if (isOurFolder) rmSync(`${files.dir}/${path}`, {recursive: true, force: true})
  else files.remove(path)
}

/** Folder doesn't touch what is git's: this does, and only below it. */
function removeInGit(home: string, rel: string): void {
  const {commonDir} = findRepository(home)
  const target = path.join(commonDir, rel)
  if (!target.startsWith(`${commonDir}${path.sep}`)) throw new Error(`${rel} leads out of git's folder`)
  rmSync(target, {recursive: true, force: true})
}

/** Only an ordinary file or folder: through a link, somebody else's file would be closed or opened. */
function close(files: Fleet['home']['files'], {path, mode}: {path: string; mode: number}): void {
  const kind = files.stat(path)?.kind
  if (kind !== 'file' && kind !== 'folder') {
    throw new UserError(`${path} is neither a file nor a folder.`, {
      code: 'NOT_A_FILE',
      fix: `ls -l ${shellWord(path)}`,
    })
  }
  chmodSync(`${files.dir}/${path}`, mode)
}
