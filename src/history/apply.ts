import {closeSync, constants, ftruncateSync, openSync} from 'node:fs'
import type {Folder, Staging} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {countOf, type DiskStep, unpack} from './disk-plan.js'

const EVERYTHING = {maxBytes: Number.MAX_SAFE_INTEGER}

/** How steps are carried out: fenced by a lock, and durable at once or only when `syncSteps` is called. */
export interface Placing {
  readonly staging?: Staging
  readonly sync?: boolean
}

/**
 * Does one step, or finishes it, or sees that it has been done. False: a person has changed the file meanwhile, and it
 * stays as they have it.
 */
export function applyStep(files: Folder, step: DiskStep, how: Placing): boolean {
  switch (step.kind) {
    case 'put': {
      const now = hashOf(files, step.path)
      const content = unpack(step.content)
      if (now !== step.before) return now === contentHash(content)
      const mode = step.mode === null ? {} : {mode: step.mode}
      files.write(step.path, content, {...how, sync: true, expect: step.before, ...mode})
      return true
    }
    case 'append':
      applyAppend(files, step, how)
      return true
    case 'move':
      // A move that was cut short left both names, and is finished by asking for it again.
      if (files.stat(step.from)) files.move(step.from, step.to, how)
      return true
    case 'remove': {
      const now = hashOf(files, step.path)
      if (now === step.before) files.remove(step.path, how)
      return now === null || now === step.before
    }
  }
}

/** Undoes a step that this process has just done, as far as nobody has gone on from it. */
export function takeBackStep(
  files: Folder,
  step: DiskStep,
  {before, staging}: {before: Buffer | null; staging: Staging},
): void {
  switch (step.kind) {
    case 'put':
      if (hashOf(files, step.path) !== contentHash(unpack(step.content))) return
      if (before === null) files.remove(step.path, {staging})
      else files.write(step.path, before, {staging})
      return
    case 'append': {
      const now = files.read(step.path, EVERYTHING)
      const isOurs = now?.equals(Buffer.concat([before ?? now, Buffer.from(step.text)]))
      // Cutting needs no room; the disk may be full.
      if (isOurs && before) cut(`${files.dir}/${step.path}`, before.length)
      return
    }
    case 'move':
      if (files.stat(step.to) && !files.stat(step.from)) files.move(step.to, step.from, {staging})
      return
    case 'remove':
      if (before !== null && !files.stat(step.path)) files.write(step.path, before, {staging})
      return
  }
}

function applyAppend(files: Folder, step: DiskStep & {kind: 'append'}, how: Placing): void {
  const {path, text, occurrences, size} = step
  const now = files.read(path, EVERYTHING)
  if (now && countOf(now, text) > occurrences) return
  if (now && isTorn(now.subarray(size), text)) {
    const whole = Buffer.concat([now.subarray(0, size), Buffer.from(text)])
    files.write(path, whole, {...how, sync: true, expect: contentHash(now)})
  } else {
    files.append(path, text, how)
  }
}

/** A power cut in the middle of an append leaves its beginning at the file's end. */
export function isTorn(tail: Buffer, text: string): boolean {
  return tail.length > 0 && Buffer.from(text).subarray(0, tail.length).equals(tail)
}

function hashOf(files: Folder, path: string): string | null {
  const content = files.read(path, EVERYTHING)
  return content === null ? null : contentHash(content)
}

function cut(file: string, length: number): void {
  const fd = openSync(file, constants.O_WRONLY | constants.O_NOFOLLOW)
  try {
    ftruncateSync(fd, length)
  } finally {
    closeSync(fd)
  }
}
