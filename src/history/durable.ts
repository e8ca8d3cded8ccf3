import {closeSync, constants, fsyncSync, openSync} from 'node:fs'
import path from 'node:path'
import {errnoOf} from '../kit/storage-error.js'
import type {DiskStep} from './disk-plan.js'

/** Waits until what the steps did is on the disk: added lines, and the folders that names came into or left. */
export function syncSteps(dir: string, steps: readonly DiskStep[]): void {
  const folders = new Set<string>()
  for (const step of steps) {
    // Whole files are synced before they get their name.
    if (step.kind === 'append') syncOne(path.join(dir, step.path), FILE)
    if (step.kind === 'remove') folders.add(path.dirname(step.path))
    // The new name first: a power cut in between leaves two names, never none.
    if (step.kind === 'move') folders.add(path.dirname(step.to)).add(path.dirname(step.from))
  }
  for (const folder of folders) syncOne(path.join(dir, folder), FOLDER)
}

/** The same for files that were written without waiting; where lines were only added, no folder has changed. */
export function syncFiles(dir: string, {named, grown}: {named: readonly string[]; grown: readonly string[]}): void {
  for (const file of new Set([...named, ...grown])) syncOne(path.join(dir, file), FILE)
  for (const folder of new Set(named.map(path.dirname))) syncOne(path.join(dir, folder), FOLDER)
}

const FILE = constants.O_RDONLY
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY

function syncOne(file: string, flags: number): void {
  let fd: number
  try {
    fd = openSync(file, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    // Moved, removed or replaced meanwhile: then there is nothing of ours to wait for.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(errnoOf(error) ?? '')) return
    throw error
  }
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
