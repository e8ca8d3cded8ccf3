import {lstatSync, readdirSync, realpathSync} from 'node:fs'
import {dirname, join, relative, resolve, sep} from 'node:path'
import {UserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import {errnoOf} from '../kit/storage-error.js'
import {insistOnKnownConfig} from './allowed-config.js'
import {type ConfigEntry, configValue, readGitConfig, readUnwaiting} from './git-config.js'

/** A git repository found by reading its files; no git process was asked. */
export interface Repository {
  /** The top of the work tree, without links. */
  readonly root: string
  /** This work tree's own: HEAD, index. */
  readonly gitDir: string
  /** What all work trees share: objects, branches, config. The same as gitDir but in a linked work tree. */
  readonly commonDir: string
  /** The home inside the work tree: "" at its top, otherwise with a slash at the end. */
  readonly prefix: string
  readonly hash: 'sha1' | 'sha256'
  readonly refs: 'files' | 'reftable'
  /** Whether executable bits on this disk mean anything to git. */
  readonly keepsModes: boolean
  readonly config: readonly ConfigEntry[]
}

/** The repository a folder lies in; a config that mcos can't vouch for is refused here, before anything is asked of git. */
export function findRepository(dir: string): Repository {
  const home = realpathSync(dir)
  for (let root = home; ; root = dirname(root)) {
    const gitDir = readGitDir(join(root, '.git'))
    if (gitDir) return openRepository({root, gitDir, home})
    if (root === dirname(root)) break
  }
  throw new UserError(`${dir} is not in a git repository.`, {
    code: 'NOT_A_REPOSITORY',
    fix: `git init -b main ${shellWord(dir)}`,
  })
}

/** Whether a folder lies in a git repository at all. */
export function isInRepository(dir: string): boolean {
  try {
    findRepository(dir)
    return true
  } catch (error) {
    if (error instanceof UserError && error.code === 'NOT_A_REPOSITORY') return false
    throw error
  }
}

function openRepository({root, gitDir, home}: {root: string; gitDir: string; home: string}): Repository {
  const shared = readSmall(join(gitDir, 'commondir'))
  const commonDir = shared === null ? gitDir : resolve(gitDir, shared.trim())
  const config = readGitConfig(join(commonDir, 'config'))
  // git takes many words for "true" (0x1, 1k); a file that it leaves unread does no harm in our list.
  if (configValue(config, 'extensions.worktreeconfig') !== null) {
    config.push(...readGitConfig(join(gitDir, 'config.worktree')))
  }
  insistOnKnownConfig(config)
  insistOnWorkTree(config, {root, gitDir})
  const below = relative(root, home).split(sep).join('/')
  return {
    root,
    gitDir,
    commonDir,
    prefix: below === '' ? '' : `${below}/`,
    hash: configValue(config, 'extensions.objectformat') === 'sha256' ? 'sha256' : 'sha1',
    refs: configValue(config, 'extensions.refstorage')?.startsWith('reftable') ? 'reftable' : 'files',
    keepsModes: configValue(config, 'core.filemode') !== 'false',
    config,
  }
}

/** A folder with a HEAD, or what a `gitdir:` file of a work tree or submodule points to. */
function readGitDir(candidate: string): string | null {
  const found = lstatSync(candidate, {throwIfNoEntry: false})
  if (!found) return null
  if (found.isFile()) {
    const target = /^gitdir: (.*)/.exec(readSmall(candidate) ?? '')?.[1]?.trim()
    return target ? readGitDir(resolve(dirname(candidate), target)) : null
  }
  return lstatSync(join(candidate, 'HEAD'), {throwIfNoEntry: false}) ? realpathSync(candidate) : null
}

/** Submodules name their work tree; a name that leads elsewhere would make git look at other files than we do. */
function insistOnWorkTree(config: readonly ConfigEntry[], {root, gitDir}: {root: string; gitDir: string}): void {
  const entry = config.findLast(({key}) => key === 'core.worktree')
  if (!entry || sameFolder(resolve(gitDir, entry.value), root)) return
  throw new UserError(`${entry.file}:${entry.line}: core.worktree leads away from ${root}.`, {
    code: 'GIT_CONFIG',
    fix: `git config --file ${shellWord(entry.file)} --unset-all core.worktree`,
  })
}

function sameFolder(candidate: string, root: string): boolean {
  try {
    return realpathSync(candidate) === root
  } catch {
    // A folder that isn't there is not the same one.
    return false
  }
}

/** The content of a small file of git's own; null when there is none. */
export function readSmall(file: string): string | null {
  try {
    return readUnwaiting(file)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'EISDIR') return null
    throw error
  }
}

/** Names in a folder of git's own; none when it isn't there. */
export function listNames(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}
