import {readlinkSync} from 'node:fs'
import {isSameAsCommitted} from '../../history/clean.js'
import {takeCommitLock} from '../../history/commit-lock.js'
import {changedPaths} from '../../history/edited.js'
import {isFileMode} from '../../history/objects.js'
import {finishJournals} from '../../history/recover.js'
import {findRepository, type Repository} from '../../history/repository.js'
import {readState} from '../../history/repository-state.js'
import {type CommittedFile, readSnapshot} from '../../history/snapshot.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import type {Fleet} from '../../workspace/fleet.js'

/** What lies at a path: a file's bytes, or of anything else only what tells it from others. */
export interface Seen {
  readonly kind: 'file' | 'link' | 'other' | 'nothing'
  readonly hash: string
  readonly content: Buffer | null
}

/** The home at one moment: where the branch stands, and every path that is not as its last commit has it. */
export interface HomeView {
  readonly repository: Repository
  readonly head: string | null
  readonly dirty: ReadonlyMap<string, Seen>
  /** Of the dirty paths: what the last commit has there. */
  readonly committed: ReadonlyMap<string, CommittedFile | null>
  /** Paths of which the index has something else than the last commit. */
  readonly staged: ReadonlySet<string>
}

const MOST_BYTES = 32 * 1024 * 1024

/** Looks while nobody else commits, so that no turn is seen half-done; `use` may change what it has seen. */
export function withHome<T>({home, mcos, clock}: Fleet, use: (view: HomeView) => T): T {
  const repository = findRepository(home.dir)
  const lock = takeCommitLock(mcos, {clock, repository: () => repository})
  try {
    // What a killed process has left would be taken for somebody's edit.
    finishJournals({files: home.files, mcos, repository, lock})
    return use(viewHome(home, repository))
  } finally {
    lock.release()
  }
}

/** What lies at a path now. */
function lookAt({files, dir}: Fleet['home'], path: string): Seen {
  try {
    const facts = files.stat(path)
    if (facts === null) return {kind: 'nothing', hash: 'nothing', content: null}
    if (facts.kind === 'link') return {kind: 'link', hash: `link ${readlinkSync(`${dir}/${path}`)}`, content: null}
    if (facts.kind !== 'file' || facts.size > MOST_BYTES)
      return {kind: 'other', hash: `${facts.kind} ${facts.size} ${facts.mtimeMs}`, content: null}
    const content = files.read(path, {maxBytes: MOST_BYTES}) ?? Buffer.alloc(0)
    return {kind: 'file', hash: contentHash(content), content}
  } catch (error) {
    if (!isUserError(error)) throw error
    // A link on the way to it, or no right to read: then it isn't there, as far as anybody can tell.
    return {kind: error.code === 'PATH_LINK' ? 'nothing' : 'other', hash: error.code, content: null}
  }
}

function viewHome(home: Fleet['home'], repository: Repository): HomeView {
  const {head} = readState(repository)
  const paths = changedPaths(repository, {home: home.dir, paths: [], head})
  const {committed, staged} = readSnapshot(repository, {commit: head, paths, withContent: new Set(paths)})
  const dirty = new Map<string, Seen>()
  const inIndex = new Set<string>()
  for (const path of paths) {
    const known = committed.get(path) ?? null
    if ((staged.get(path)?.oid ?? null) !== (known?.oid ?? null)) inIndex.add(path)
    const seen = lookAt(home, path)
    if (!isAsCommitted(seen, known, repository)) dirty.set(path, seen)
  }
  return {repository, head, dirty, committed, staged: inIndex}
}

function isAsCommitted({kind, hash, content}: Seen, known: CommittedFile | null, repository: Repository): boolean {
  if (known === null) return kind === 'nothing'
  if (kind === 'file' && content !== null)
    return isFileMode(known.mode) && isSameAsCommitted(content, known.oid, repository.hash)
  return kind === 'link' && known.mode === '120000' && hash === `link ${known.content?.toString() ?? ''}`
}
