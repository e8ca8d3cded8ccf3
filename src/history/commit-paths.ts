import {lstatSync, readFileSync} from 'node:fs'
import path from 'node:path'
import type {Clock} from '../kit/clock.js'
import {EXIT, UserError} from '../kit/errors.js'
import {openFolder} from '../kit/folder.js'
import {newId} from '../kit/ids.js'
import type {Identity} from './change-set.js'
import {isSameAsCommitted} from './clean.js'
import {takeCommitLock} from './commit-lock.js'
import {changedPaths} from './edited.js'
import {type FileChange, formatImport} from './fast-import.js'
import {editIndex} from './index-entries.js'
import {sweepKilledGit} from './killed-git.js'
import {EXECUTABLE, isFileMode, ORDINARY, type TreeEntry} from './objects.js'
import {gitFailed, isKilled, runGit} from './plumbing.js'
import {finishJournals} from './recover.js'
import {findRepository, type Repository} from './repository.js'
import {insistOnReady} from './repository-state.js'
import {readSnapshot} from './snapshot.js'
import {storeEdited} from './store-edited.js'

/** One file that a person has changed; content is null when it is deleted, or a link. */
export interface EditedFile {
  readonly path: string
  readonly change: 'added' | 'modified' | 'deleted'
  readonly content: Buffer | null
}

export interface CommitPathsOptions {
  readonly clock: Clock
  readonly author: Identity
  /** Looks at everything before anything is done, and throws what speaks against it. */
  readonly check?: (files: readonly EditedFile[]) => void
  readonly trailers?: readonly (readonly [key: string, value: string])[]
  /** Filters of the repository that may run: `git.filters` of mcos.yaml. */
  readonly filters?: readonly string[]
}

export interface CommittedPaths {
  /** null when nothing was changed. */
  readonly commit: string | null
  readonly files: readonly EditedFile[]
}

/** A person's edits under some paths (none: the whole home) that no commit has yet. */
export function editedFiles(home: string, paths: readonly string[]): EditedFile[] {
  const repository = findRepository(home)
  return readEdited(repository, {home, paths, head: insistOnReady(repository).head})
}

/**
 * Commits exactly a person's edits of these paths as they lie on the disk; what else is staged stays staged. Hooks don't
 * run. The index comes first: killed in between, the edits are staged, and nothing is lost or undone.
 */
export function commitPaths(
  home: string,
  paths: readonly string[],
  message: string,
  options: CommitPathsOptions,
): CommittedPaths {
  const files = openFolder(home)
  files.makeFolder('.mcos')
  const mcos = openFolder(`${files.dir}/.mcos`)
  const repository = findRepository(files.dir)
  const lock = takeCommitLock(mcos, {clock: options.clock, repository: () => repository})
  try {
    finishJournals({files, mcos, repository, lock})
    const {branch, head} = insistOnReady(repository)
    const edited = readEdited(repository, {home: files.dir, paths, head})
    if (edited.length === 0) return {commit: null, files: []}
    options.check?.(edited)
    const changes = fileChanges(repository, {head, edited, home: files.dir, filters: options.filters ?? []})
    stage(repository, changes, newId(options.clock))
    const [subject = '', ...rest] = message.trim().split('\n')
    const meta = {
      subject,
      body: rest.join('\n'),
      author: options.author,
      at: options.clock.now(),
      trailers: options.trailers ?? [],
    }
    const input = formatImport({branch, parent: head, commits: [{id: null, meta, files: changes}]})
    return {commit: importCommit(repository, input), files: edited}
  } finally {
    lock.release()
  }
}

/** A second try where a lock on the branch was in the way: it may have been of a git that was killed. */
function importCommit(repository: Repository, input: Buffer): string {
  const run = () => runGit(repository, ['fast-import', '--quiet', '--done'], {input})
  let result = run()
  const wasKilled = isKilled(result)
  if (wasKilled || (result.code !== 0 && /\.lock'|cannot lock ref|cannot create keep file/.test(result.stderr))) {
    sweepKilledGit(repository, {wasKilled})
    // The same input makes the same commit, should the first one be there already.
    result = run()
  }
  if (result.code !== 0) throw gitFailed('fast-import', result, repository)
  return result.stdout.toString().trim()
}

function readEdited(
  repository: Repository,
  {home, paths, head}: {home: string; paths: readonly string[]; head: string | null},
): EditedFile[] {
  const candidates = changedPaths(repository, {home, paths, head})
  const {committed} = readSnapshot(repository, {commit: head, paths: candidates, withContent: new Set()})
  return candidates.flatMap((rel): EditedFile[] => {
    const before = committed.get(rel) ?? null
    const found = lstatSync(path.join(home, rel), {throwIfNoEntry: false})
    if (!found || found.isDirectory()) return before ? [{path: rel, change: 'deleted', content: null}] : []
    if (!found.isFile() && !found.isSymbolicLink()) return []
    const content = found.isFile() ? readFileSync(path.join(home, rel)) : null
    if (before && content && isFileMode(before.mode) && isUnchanged(before, {content, mode: found.mode, repository}))
      return []
    return [{path: rel, change: before ? 'modified' : 'added', content}]
  })
}

function isUnchanged(
  before: TreeEntry,
  {content, mode, repository}: {content: Buffer; mode: number; repository: Repository},
): boolean {
  const isExecutable = (mode & 0o100) !== 0
  const sameMode = !repository.keepsModes || isExecutable === (before.mode === EXECUTABLE)
  return sameMode && isSameAsCommitted(content, before.oid, repository.hash)
}

function fileChanges(
  repository: Repository,
  {
    head,
    edited,
    home,
    filters,
  }: {head: string | null; edited: readonly EditedFile[]; home: string; filters: readonly string[]},
): FileChange[] {
  const kept = edited.filter(({change}) => change !== 'deleted')
  const oids = storeEdited(repository, {home, paths: kept.map((file) => file.path), filters})
  const {committed} = readSnapshot(repository, {
    commit: head,
    paths: kept.map((file) => file.path),
    withContent: new Set(),
  })
  return edited.map(({path: rel, change}) => {
    const full = repository.prefix + rel
    if (change === 'deleted') return {path: full, to: null}
    const oid = oids.get(rel)
    if (!oid) throw new Error(`${rel} was not stored`)
    return {path: full, to: {mode: modeOf(path.join(home, rel), {before: committed.get(rel) ?? null, repository}), oid}}
  })
}

function modeOf(file: string, {before, repository}: {before: TreeEntry | null; repository: Repository}): string {
  const found = lstatSync(file)
  if (found.isSymbolicLink()) return '120000'
  if (!repository.keepsModes) return before && isFileMode(before.mode) ? before.mode : ORDINARY
  return found.mode & 0o100 ? EXECUTABLE : ORDINARY
}

function stage(repository: Repository, changes: readonly FileChange[], id: string): void {
  const edits = changes.map(({path: name, to}) => ({path: name, to: to && 'oid' in to ? to : null}))
  if (editIndex(repository, {id, waitMs: 5000, edits: () => edits})) return
  throw new UserError(`Another git is working in ${repository.root} (index.lock); nothing was committed.`, {
    code: 'GIT_LOCKED',
    fix: 'Wait until it is done, then run the same command again.',
    exit: EXIT.failed,
  })
}
