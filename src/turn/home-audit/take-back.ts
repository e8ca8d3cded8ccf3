import {readlinkSync} from 'node:fs'
import {editIndex, type IndexEdit} from '../../history/index-entries.js'
import {EXECUTABLE, isFileMode} from '../../history/objects.js'
import type {CommittedFile} from '../../history/snapshot.js'
import {isUserError} from '../../kit/errors.js'
import {newId} from '../../kit/ids.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Before} from './baseline.js'
import type {HomeView, Seen} from './look.js'

/** A path that has to be as it was. */
export interface Offence {
  readonly path: string
  readonly why: string
  readonly now: Seen
  /** What it is brought back to: an edit that lay there before, else what the last commit has. */
  readonly to: Before | CommittedFile | null
}

export interface TakenBack {
  readonly path: string
  readonly why: string
  /** Where what was taken is kept, below `.mcos/`; null: there was nothing to keep, as it was deleted. */
  readonly kept: string | null
  /** Why it could not be brought back; null: it was. */
  readonly trouble: string | null
}

/** Keeps what lies there, and puts back what should; each file by itself, and only as it was seen. */
export function takeBack(fleet: Fleet, offences: readonly Offence[], folder: string): TakenBack[] {
  return offences.map(({path, why, now, to}) => {
    let kept: string | null = null
    try {
      kept = keep(fleet, {path, now, folder})
      restore(fleet, {path, now, to})
      return {path, why, kept, trouble: null}
    } catch (error) {
      if (!isUserError(error)) throw error
      return {path, why, kept, trouble: error.message}
    }
  })
}

/** Nothing that nobody may write waits in the index for somebody's next commit. */
export function unstage(fleet: Fleet, {repository, committed}: HomeView, paths: readonly string[]): void {
  if (paths.length === 0) return
  const edits = paths.map((path): IndexEdit => {
    const known = committed.get(path) ?? null
    return {path: repository.prefix + path, to: known && {mode: known.mode, oid: known.oid}}
  })
  editIndex(repository, {id: newId(fleet.clock), waitMs: 2_000, edits: () => edits})
}

function keep(
  {home, mcos}: Fleet,
  {path, now, folder}: Pick<Offence, 'path' | 'now'> & {folder: string},
): string | null {
  if (now.kind === 'nothing') return null
  // The name of a copy has to be safe; which file it was is told beside it.
  const place = `${folder}/${path.replace(/\p{Cc}/gu, '_')}`
  const content = now.kind === 'link' ? `a link to ${readlinkSync(`${home.dir}/${path}`)}\n` : now.content
  if (content === null) return null
  mcos.write(place, content, {mode: 0o600})
  return place
}

function restore({home}: Fleet, {path, now, to}: Pick<Offence, 'path' | 'now' | 'to'>): void {
  if (now.kind === 'link' || (now.kind === 'file' && isGone(to))) home.files.remove(path)
  if (to === null || to.content === null) return
  const expect = now.kind === 'file' ? now.hash : null
  home.files.write(path, to.content, {expect, ...('mode' in to && to.mode === EXECUTABLE ? {mode: 0o755} : {})})
}

function isGone(to: Offence['to']): boolean {
  return to === null || ('hash' in to && to.hash === 'nothing')
}

/** Whether what it should be is known: a link, a submodule or a large edit can't be written anew. */
export function canRestore(to: Offence['to']): boolean {
  if (isGone(to) || to === null) return true
  return 'mode' in to ? isFileMode(to.mode) && to.content !== null : to.content !== null
}
