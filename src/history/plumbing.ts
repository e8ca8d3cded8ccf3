import {type SpawnSyncReturns, spawnSync} from 'node:child_process'
import {rmSync, statSync} from 'node:fs'
import {delimiter, isAbsolute, join} from 'node:path'
import {UserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import {errnoOf} from '../kit/storage-error.js'
import {HARMLESS} from './allowed-config.js'
import type {Repository} from './repository.js'

export interface GitOptions {
  readonly input?: string | Uint8Array
  /** Further `key=value` settings; they win over the repository's own. */
  readonly config?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface GitResult {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

const FLAGS = HARMLESS.flatMap((setting) => ['-c', setting])

/** Runs git to its end and returns what it said, whatever its exit code. */
export function runGit(repository: Repository, args: readonly string[], options: GitOptions = {}): GitResult {
  insistOnOwner(repository)
  const settings = (options.config ?? []).flatMap((setting) => ['-c', setting])
  const result = spawnSync('git', [...FLAGS, ...settings, ...args], {
    cwd: repository.root,
    env: {...gitEnv(), GIT_DIR: repository.gitDir, GIT_WORK_TREE: repository.root, ...options.env},
    input: options.input ?? '',
    maxBuffer: Number.POSITIVE_INFINITY,
    // A session of its own: what kills our whole group leaves git time to finish, so that no lock file of its stays.
    ...{detached: true},
  })
  return readResult(result, repository)
}

/** Whether git did not end by itself: the system was out of memory, or somebody has killed it. */
export function isKilled({stderr}: GitResult): boolean {
  return stderr.startsWith(KILLED)
}

const KILLED = 'killed by '

/** As runGit, for calls that don't fail in ordinary life. */
export function git(repository: Repository, args: readonly string[], options: GitOptions = {}): Buffer {
  const result = runGit(repository, args, options)
  if (result.code !== 0) throw gitFailed(args[0] ?? '', result, repository)
  return result.stdout
}

/** What git may know of our environment: nothing of the person's settings, no terminal, no network. */
export function gitEnv(): Record<string, string> {
  return {
    // Relative parts would find a program called git in the repository itself.
    PATH: (process.env['PATH'] || USUAL_PATH).split(delimiter).filter(isAbsolute).join(delimiter),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ALLOW_PROTOCOL: '',
  }
}

/** Where a shell would look that was given no PATH either: a hook may be started with nothing at all. */
const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'

function readResult(
  {error, status, signal, stdout, stderr, pid}: SpawnSyncReturns<Buffer>,
  repository: Repository,
): GitResult {
  insistOnGit(error)
  // git that ends before it has read everything breaks the pipe; its own words say why.
  if (error && errnoOf(error) !== 'EPIPE') throw error
  if (status !== 0) rmSync(join(repository.gitDir, `fast_import_crash_${pid}`), {force: true})
  return {code: status ?? 128, stdout, stderr: signal ? `${KILLED}${signal}` : stderr.toString().trim()}
}

/** Tells a person that git isn't installed, if that is why it could not be run. */
export function insistOnGit(error: Error | undefined): void {
  if (errnoOf(error) !== 'ENOENT') return
  throw new UserError('There is no git on this machine (not found in PATH).', {
    code: 'NO_GIT',
    fix: 'Install git 2.31 or newer: https://git-scm.com/downloads',
    cause: error,
  })
}

/** Translates git's complaint into what a person can do about it. */
export function gitFailed(what: string, {stderr}: GitResult, {root, commonDir}: Repository): UserError {
  const told = TELL.find(([pattern]) => pattern.test(stderr))?.[1]
  const {code, fix} = told ?? {code: 'GIT_FAILED', fix: `git -C ${shellWord(root)} fsck`}
  return new UserError(`git ${what} failed in ${root}: ${stderr || 'without a word'}`, {
    code,
    fix: fix.replace('GITDIR', commonDir),
  })
}

const TELL: readonly (readonly [RegExp, {code: string; fix: string}])[] = [
  [
    /No space left on device|Disk quota exceeded/,
    {code: 'DISK_FULL', fix: 'Make room (df -h), then run the same command again.'},
  ],
  [
    /Read-only file system|Permission denied|insufficient permission/,
    {code: 'READ_ONLY', fix: 'See who owns it: ls -ld GITDIR GITDIR/objects'},
  ],
  [
    /Input\/output error/,
    {code: 'IO_ERROR', fix: 'Look at the system log (dmesg | tail) before anything else is written.'},
  ],
  [
    /File exists|cannot lock ref|Unable to create .*\.lock/,
    {code: 'GIT_LOCKED', fix: 'If no git is running there, remove the lock it names.'},
  ],
]

/**
 * git itself refuses repositories of other users; naming GIT_DIR switches that off, so it is asked here: by the
 * owner, and where that isn't us, by git with the person's own safe.directory.
 */
function insistOnOwner({root, gitDir}: Repository): void {
  const uid = process.getuid?.()
  if (uid === undefined || trusted.has(gitDir)) return
  if (statSync(gitDir).uid !== uid) {
    const env = {...gitEnv(), ...ownSettings()}
    const {status, stderr} = spawnSync('git', ['-C', root, 'rev-parse', '--git-dir'], {env})
    if (status !== 0 && /dubious ownership/.test(stderr?.toString() ?? '')) {
      throw new UserError(`${root} belongs to another user, and git does not trust it.`, {
        code: 'GIT_OWNER',
        fix: `If it is yours: git config --global --add safe.directory ${shellWord(root)}`,
      })
    }
  }
  trusted.add(gitDir)
}

function ownSettings(): Record<string, string | undefined> {
  const {GIT_CONFIG_GLOBAL, HOME, XDG_CONFIG_HOME} = process.env
  return {GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM: undefined, HOME, XDG_CONFIG_HOME}
}

const trusted = new Set<string>()
