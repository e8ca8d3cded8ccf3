import {createHash} from 'node:crypto'
import {type GitResult, gitFailed, runGit} from './plumbing.js'
import type {Repository} from './repository.js'

/** One object as git keeps it. */
export interface GitObject {
  readonly oid: string
  readonly type: string
  readonly data: Buffer
}

/** One line of a tree: what a name stands for. */
export interface TreeEntry {
  readonly mode: string
  readonly oid: string
}

export const EXECUTABLE = '100755'
export const ORDINARY = '100644'

/** The mode of an ordinary file; links and submodules are something else. */
export function isFileMode(mode: string): boolean {
  return mode === ORDINARY || mode === EXECUTABLE || mode === '100664'
}

/** What each name (`COMMIT:PATH`, `:0:PATH`, an id) stands for, in the same order, from one git process. */
export function readObjects(
  repository: Repository,
  names: readonly string[],
  env: Readonly<Record<string, string>> = {},
): (GitObject | null)[] {
  if (names.length === 0) return []
  // Line ends as separators are understood by every git, NUL only since 2.38.
  const needsNul = names.some((name) => name.includes('\n'))
  const result = askBatch(repository, names, {end: needsNul ? '\0' : '\n', env})
  if (result.code === 0) return parseBatch(result.stdout, names)
  if (needsNul && result.code === USAGE) return readOddNames(repository, names, env)
  throw gitFailed('cat-file', result, repository)
}

/** What git ends with when it doesn't know a flag. */
const USAGE = 129

type Env = Readonly<Record<string, string>>

function askBatch(
  repository: Repository,
  names: readonly string[],
  {end, env}: {readonly end: '\0' | '\n'; readonly env: Env},
): GitResult {
  const input = names.map((name) => name + end).join('')
  return runGit(repository, ['cat-file', '--batch', '--buffer', ...(end === '\0' ? ['-z'] : [])], {input, env})
}

/** An older git is told names of several lines one by one, as arguments, and the rest as ever. */
function readOddNames(repository: Repository, names: readonly string[], env: Env): (GitObject | null)[] {
  const ids = names.map((name) => {
    if (!name.includes('\n')) return name
    const {code, stdout} = runGit(repository, ['rev-parse', '--verify', '-q', name], {env})
    return code === 0 ? stdout.toString().trim() : null
  })
  const known = readObjects(
    repository,
    ids.filter((id) => id !== null),
    env,
  )
  let at = 0
  return ids.map((id) => (id === null ? null : (known[at++] ?? null)))
}

/** Reads the answers of `cat-file --batch`, one a name. */
export function parseBatch(output: Buffer, names: readonly string[]): (GitObject | null)[] {
  let at = 0
  return names.map((name) => {
    const missing = Buffer.from(`${name} missing\n`)
    if (output.subarray(at, at + missing.length).equals(missing)) {
      at += missing.length
      return null
    }
    const end = output.indexOf(0x0a, at)
    const header = output.toString('latin1', at, end)
    const [, oid, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header) ?? []
    // "ambiguous", or a path through a file: no object that we could mean.
    if (!oid || !type) {
      at = end + 1
      return null
    }
    const data = output.subarray(end + 1, end + 1 + Number(size))
    at = end + 2 + Number(size)
    return {oid, type, data}
  })
}

/** The names in a tree object. */
export function parseTree(data: Buffer, hash: Repository['hash']): Map<string, TreeEntry> {
  const oidBytes = hash === 'sha256' ? 32 : 20
  const entries = new Map<string, TreeEntry>()
  let at = 0
  while (at < data.length) {
    const space = data.indexOf(0x20, at)
    const nul = data.indexOf(0, space)
    const oid = data.toString('hex', nul + 1, nul + 1 + oidBytes)
    entries.set(data.toString('utf8', space + 1, nul), {mode: data.toString('latin1', at, space), oid})
    at = nul + 1 + oidBytes
  }
  return entries
}

/** The id git gives a file's content. */
export function blobId(content: Uint8Array, hash: Repository['hash']): string {
  return createHash(hash).update(`blob ${content.length}\0`).update(content).digest('hex')
}
