import path from 'node:path'
import {type FileBytes, type FileFinding, findInFiles, type Unread} from '../../guard/secrets/files.js'
import type {KnownSecrets} from '../../guard/secrets/find.js'
import {listPastFiles, readPastFiles} from '../../history/every-blob.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {ownSecretsOf} from '../../turn/own-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Home} from '../../workspace/home.js'
import {lookUpAll} from '../../workspace/secret-values.js'
import {HUGE_BYTES, pathInHome, readBelow} from './home-files.js'

export interface ScanWish {
  /** Relative to `cwd`; none: the whole home. */
  readonly paths: readonly string[]
  readonly cwd: string
  readonly history: boolean
}

/** What was looked through for secrets, and where some are; a finding of the history names the commit that brought it. */
export interface SecretsScan {
  /** Files, and with `--history` contents that files had. */
  readonly scanned: number
  readonly findings: readonly FileFinding[]
  /** What was not looked through to its end; a binary file is searched for known secrets and shapes only. */
  readonly bounded: readonly Unread[]
}

/** Looks through files, tracked by git or not, and with `history` through all that they ever held. */
export async function scanSecrets(fleet: Fleet, {paths, cwd, history}: ScanWish): Promise<SecretsScan> {
  const {home} = fleet
  await lookUpAll(fleet)
  const known = {own: ownSecretsOf(fleet)}
  const roots = paths.length === 0 ? ['.'] : paths.map((typed) => pathInHome(home.dir, cwd, typed))
  for (const [index, root] of roots.entries()) {
    if (!history && home.files.stat(root) === null) throw notThere(home, root, paths[index] ?? root)
  }
  const parts: SecretsScan[] = []
  for (const {files, unread} of readBelow(home.files, roots)) {
    const part = await scanPart(files, known)
    parts.push({...part, bounded: [...part.bounded, ...unread]})
  }
  if (history) parts.push(...(await scanPast(home.dir, roots, known)))
  return {
    scanned: parts.reduce((sum, {scanned}) => sum + scanned, 0),
    findings: onceEach(parts.flatMap(({findings}) => findings)),
    bounded: parts.flatMap(({bounded}) => bounded),
  }
}

async function scanPast(home: string, roots: readonly string[], known: KnownSecrets): Promise<SecretsScan[]> {
  const past = listPastFiles(home).filter(({path}) => roots.some((root) => isBelow(path, root)))
  const huge = past.filter(({size}) => size > HUGE_BYTES)
  const parts: SecretsScan[] = [
    {scanned: 0, findings: [], bounded: huge.map(({path, commit}) => ({file: path, commit, why: 'large'}))},
  ]
  const small = past.filter(({size}) => size <= HUGE_BYTES)
  for (const batch of readPastFiles(home, small)) {
    const files = batch.map(({path, commit, bytes}) => ({file: path, commit, bytes}))
    parts.push(await scanPart(files, known))
  }
  return parts
}

async function scanPart(files: readonly FileBytes[], known: KnownSecrets): Promise<SecretsScan> {
  const {findings, unread} = await findInFiles(files, known)
  return {scanned: files.length, findings, bounded: unread}
}

/** What is found on the disk, or in an earlier commit, is not told again of a later content of the same file. */
function onceEach(findings: readonly FileFinding[]): FileFinding[] {
  const seen = new Set<string>()
  return findings.filter(({file, line, kind, own}) => {
    const key = [file, line, kind, own].join('\0')
    return !seen.has(key) && seen.add(key)
  })
}

function isBelow(file: string, root: string): boolean {
  return root === '.' || file === root || file.startsWith(`${root}/`)
}

function notThere({dir, files}: Home, root: string, typed: string): UserError {
  let above = path.posix.dirname(root)
  while (above !== '.' && files.stat(above) === null) above = path.posix.dirname(above)
  return new UserError(`${typed} is not there.`, {
    code: 'NOT_FOUND',
    fix: [`ls ${path.join(dir, above)}`, 'mcos secrets scan   # the whole home'],
    exit: EXIT.usage,
  })
}
