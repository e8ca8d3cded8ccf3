import {UserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import type {PathDiff} from './diff.js'
import {mergeLines} from './merge-lines.js'
import {readObjects, type TreeEntry} from './objects.js'
import {git} from './plumbing.js'
import type {Repository} from './repository.js'
import {readSnapshot} from './snapshot.js'
import type {TurnCommit} from './turns.js'
import {isMailRecord, undoKind} from './undo-paths.js'

/** Something a turn did that stays as it is. */
export interface NotUndone {
  readonly turn: string
  readonly what: string
  readonly why: string
}

export interface FoldedBack {
  /** What each touched file shall be. */
  readonly files: ReadonlyMap<string, TreeEntry | null>
  /** The logs of the turns, each with the turns that wrote into it, newest first. */
  readonly logs: ReadonlyMap<string, readonly string[]>
  readonly notUndone: readonly NotUndone[]
}

interface Fold {
  readonly diffs: ReadonlyMap<string, readonly PathDiff[]>
  readonly head: string
  readonly repository: Repository
  readonly blobs: Blobs
}

/** Takes the turns off the newest commit, newest first; nothing is written but the contents that merging made. */
export function foldBack(turns: readonly TurnCommit[], fold: Fold): FoldedBack {
  const {diffs, head, repository, blobs} = fold
  const paths = [...new Set([...diffs.values()].flat().map(({path}) => path))]
  const {committed} = readSnapshot(repository, {commit: head, paths, withContent: new Set()})
  const files = new Map<string, TreeEntry | null>()
  const logs = new Map<string, string[]>()
  const notUndone: NotUndone[] = []
  for (const turn of turns) {
    const stuck = new Set<string>()
    const restored = new Map<string, {from: TreeEntry; previous: TreeEntry | null | undefined}>()
    const changed = diffs.get(turn.commit) ?? []
    const isTriage = changed.some(({path}) => isMailRecord(path))
    for (const diff of changed) {
      const {path, before, after} = diff
      const known = files.get(path)
      const now = known === undefined ? plain(committed.get(path)) : known
      const kind = undoKind(path)
      if (kind === 'log') {
        if (now) logs.set(path, [...(logs.get(path) ?? []), turn.turn])
      } else if (kind === 'fact') {
        notUndone.push({turn: turn.turn, what: path, why: 'it tells of something that has happened'})
      } else if (kind === 'message' && isTriage && after && !before) {
        // Its records stay and say that somebody was told: taken away, it would be told to nobody any more.
        notUndone.push({turn: turn.turn, what: path, why: 'what urgent mail was told is not told a second time'})
      } else if (isSame(now, after)) {
        if (kind === 'message' && before && !after) restored.set(path, {from: before, previous: known})
        files.set(path, before)
      } else if (kind === 'message') {
        if (!after) continue
        stuck.add(after.oid)
        notUndone.push({turn: turn.turn, what: path, why: whereIsMessage(path, now)})
      } else {
        files.set(path, merged({path, now, before, after}, {turn, fold, blobs}))
      }
    }
    // A message that has been moved on must not appear a second time where it once lay.
    for (const [path, {from, previous}] of restored) {
      if (!stuck.has(from.oid)) continue
      if (previous === undefined) files.delete(path)
      else files.set(path, previous)
    }
  }
  return {files, logs, notUndone}
}

function merged(
  {path, now, before, after}: PathDiff & {now: TreeEntry | null},
  {turn, fold, blobs}: {turn: TurnCommit; fold: Fold; blobs: Blobs},
): TreeEntry | null {
  if (isSame(now, before)) return now
  if (!now || !before || !after) throw conflict(path, {turn, fold})
  const text = mergeLines({ours: blobs.get(now.oid), base: blobs.get(after.oid), theirs: blobs.get(before.oid)})
  if (text === null) throw conflict(path, {turn, fold})
  return {mode: now.mode, oid: blobs.add(text)}
}

function whereIsMessage(path: string, now: TreeEntry | null): string {
  if (now) return 'it has been changed since'
  return path.includes('/inbox/new/') || path.startsWith('inbox/new/')
    ? 'its receiver has taken it already'
    : 'it has been moved on since'
}

function conflict(path: string, {turn, fold: {repository, head}}: {turn: TurnCommit; fold: Fold}): UserError {
  const format = '--format=%h %(trailers:key=Mcos-Turn,valueonly,separator=%x20)'
  const full = repository.prefix + path
  const later = git(repository, [
    'log',
    '--no-show-signature',
    '-1',
    format,
    `${turn.commit}..${head}`,
    '--',
    `:(top,literal)${full}`,
  ]).toString()
  const [commit = '', id] = later.trim().split(' ')
  const by = id ?? `commit ${commit}`
  return new UserError(`${path}: ${by} has changed the same lines since ${turn.turn}; nothing was taken back.`, {
    code: 'UNDO_CONFLICT',
    fix: id ? [`mcos undo ${id}`, `mcos show ${id}`] : `git show ${commit} -- ${path}`,
  })
}

function isSame(one: TreeEntry | null, other: TreeEntry | null): boolean {
  return one?.oid === other?.oid
}

function plain(entry: TreeEntry | null | undefined): TreeEntry | null {
  return entry ? {mode: entry.mode, oid: entry.oid} : null
}

/** Contents by their id: git's, and those that merging made. */
export class Blobs {
  private readonly made = new Map<string, Buffer>()

  constructor(private readonly repository: Repository) {}

  get(oid: string): Buffer {
    const known = this.made.get(oid)
    if (known) return known
    const [object] = readObjects(this.repository, [oid])
    if (!object)
      throw new UserError(`The object ${oid} is missing from the repository.`, {code: 'GIT_FAILED', fix: 'mcos fsck'})
    this.made.set(oid, object.data)
    return object.data
  }

  /** Keeps a content under a name of our own; git gets it with the commit. */
  add(content: Buffer): string {
    const id = `made-${this.made.size}`
    this.made.set(id, content)
    return id
  }

  text(path: string, oid: string): string {
    const content = this.get(oid)
    const text = content.toString('utf8')
    if (Buffer.from(text).equals(content)) return text
    throw new UserError(`${path} is no text, so it can't be written back here.`, {
      code: 'UNDO_CONFLICT',
      fix: `git checkout COMMIT -- ${shellWord(path)}`,
    })
  }
}
