import {createHash} from 'node:crypto'
import {lstatSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {askGit} from '../../probes/git-command.js'

/** What a person has left open in a repository, told by code that runs nothing of the repository's own. */
export interface RepositoryLook {
  readonly path: string
  /** null: no branch is checked out, or nothing is committed yet. */
  readonly branch: string | null
  /** Files that differ from what is staged or committed. */
  readonly edited: number
  /** New files that nobody has told git of. */
  readonly untracked: number
  /** Branches with commits that their remote does not have. */
  readonly unpushed: readonly {readonly branch: string; readonly commits: number}[]
  /** Branches that are not in the current one, and rested for a month. */
  readonly stale: readonly string[]
  /** When the last commit was made, in seconds since 1970. */
  readonly committed: number | null
}

export interface LookOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly now: number
}

const MONTH_S = 30 * 24 * 3600
/** Larger files are believed by their size. */
const LARGEST_SUSPECT = 1024 * 1024

/** null where git gives no answer: no repository, somebody else's, or no git at all. */
export async function lookAtRepository(dir: string, {env, signal, now}: LookOptions): Promise<RepositoryLook | null> {
  const ask = (...args: string[]) => askGit(dir, args, {env, signal, timeoutMs: 3_000})
  const [top, head] = await Promise.all([ask('rev-parse', '--show-toplevel'), ask('symbolic-ref', '--short', 'HEAD')])
  if (!top.isDone) return null
  const [last, staged, index, others, branches, open] = await Promise.all([
    ask('rev-list', '--max-count=1', '--no-commit-header', '--format=%ct', 'HEAD'),
    ask('diff-index', '--cached', '--name-only', 'HEAD'),
    ask('ls-files', '--stage', '--debug'),
    ask('ls-files', '--others', '--exclude-standard', '--directory', '--no-empty-directory'),
    ask('for-each-ref', '--format=%(refname:short) %(upstream:track,nobracket)', 'refs/heads'),
    ask('for-each-ref', '--no-merged=HEAD', '--format=%(committerdate:unix) %(refname:short)', 'refs/heads'),
  ])
  const edited = new Set([
    ...staged.lines,
    ...readIndex(index.lines)
      .filter((entry) => isEdited(dir, entry))
      .map(({name}) => name),
  ])
  const committed = Number(last.lines[0])
  return {
    path: dir,
    branch: head.isDone ? (head.lines[0] ?? null) : null,
    edited: edited.size,
    untracked: others.lines.length,
    unpushed: branches.lines.flatMap(readAhead),
    stale: open.lines.flatMap((line) => readStale(line, now / 1000 - MONTH_S)),
    committed: last.isDone && Number.isFinite(committed) ? committed : null,
  }
}

interface IndexEntry {
  readonly name: string
  readonly oid: string
  /** Seconds, a colon, nanoseconds. */
  readonly mtime: string
  readonly size: number
}

/** What git noted of each file when it last looked: three lines and more an entry. */
function readIndex(lines: readonly string[]): IndexEntry[] {
  const entries: IndexEntry[] = []
  let file: {name: string; oid: string} | null = null
  let mtime = ''
  for (const line of lines) {
    const [, mode, oid, name] = /^(\d{6}) ([0-9a-f]{40,64}) 0\t(.*)$/.exec(line) ?? []
    if (oid !== undefined && name !== undefined) {
      // A link's or a submodule's content is no file's.
      file = mode === '100644' || mode === '100755' ? {name, oid} : null
      continue
    }
    mtime = /^ {2}mtime: (\d+:\d+)/.exec(line)?.[1] ?? mtime
    const size = /^ {2}size: (\d+)/.exec(line)?.[1]
    if (file && size !== undefined) entries.push({...file, mtime, size: Number(size)})
  }
  // A name that git had to quote is left out: to guess at it would be to count something else.
  return entries.filter(({name}) => !name.startsWith('"'))
}

/** By size and time first; only where those leave a doubt by content, as it lies there. */
function isEdited(dir: string, {name, oid, mtime, size}: IndexEntry): boolean {
  const file = path.join(dir, name)
  const facts = lstatSync(file, {throwIfNoEntry: false, bigint: true})
  if (!facts?.isFile()) return true
  // A size of 0 is git's way of saying that it has to look again.
  if (size !== 0 && facts.size !== BigInt(size)) return true
  if (isSameTime(mtime, facts.mtimeNs) || facts.size > LARGEST_SUSPECT) return false
  return blobId(readFileSync(file), oid.length === 64 ? 'sha256' : 'sha1') !== oid
}

/** Some builds of git note whole seconds only. */
function isSameTime(mtime: string, ns: bigint): boolean {
  const [seconds = '', nanoseconds = ''] = mtime.split(':')
  const whole = 1_000_000_000n
  return BigInt(seconds || 0) === ns / whole && (nanoseconds === '0' || BigInt(nanoseconds || 0) === ns % whole)
}

function blobId(content: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex')
}

function readAhead(line: string): {branch: string; commits: number}[] {
  const [, branch, ahead] = /^(\S+) .*?ahead (\d+)/.exec(line) ?? []
  return branch !== undefined && ahead !== undefined ? [{branch, commits: Number(ahead)}] : []
}

function readStale(line: string, before: number): string[] {
  const [, seconds, branch] = /^(\d+) (\S+)$/.exec(line) ?? []
  return branch !== undefined && Number(seconds) < before ? [branch] : []
}
