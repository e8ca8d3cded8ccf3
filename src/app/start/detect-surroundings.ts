import {existsSync, readdirSync, realpathSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {CONFIG_FILE} from '../../workspace/home.js'
import {namesIn} from './detect-workspaces.js'

/** What lies around a new fleet that its first agent could keep an eye on. */
export interface Around {
  /** Folders of git repositories: the one this is in first, then those nearby, the last used first. */
  readonly repositories: readonly string[]
  /** Folders of mail in maildir's form. */
  readonly maildirs: readonly string[]
}

const MOST_REPOSITORIES = 4
const MOST_MAILDIRS = 3
const MOST_LOOKED_AT = 300

/** Looks at names alone: in this folder and above it, beside it or the repository this is, and where mail usually lies. */
export function detectSurroundings({
  cwd,
  env,
}: {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}): Around {
  const home = env['HOME'] || homedir()
  return {
    repositories: detectRepositories(cwd, home).slice(0, MOST_REPOSITORIES),
    maildirs: detectMaildirs(home).slice(0, MOST_MAILDIRS),
  }
}

/** The top of the repository a folder lies in, by walking up; a home folder under git, and what is above it, is nobody's project. */
export function repositoryAround(dir: string, home: string): string | null {
  for (let at = dir; at !== home && at !== path.dirname(at); at = path.dirname(at)) {
    if (isRepository(at)) return at
  }
  return null
}

/** A folder with a `.git` that git could read: a file that points elsewhere (a worktree), or a folder that has its HEAD. */
export function isRepository(dir: string): boolean {
  const git = path.join(dir, '.git')
  return isFolder(git) ? existsSync(path.join(git, 'HEAD')) : existsSync(git)
}

/** A folder of mail as maildir has it: `cur`, `new` and `tmp`. */
export function isMaildir(dir: string): boolean {
  return ['cur', 'new', 'tmp'].every((name) => isFolder(path.join(dir, name)))
}

function detectRepositories(cwd: string, home: string): string[] {
  const own = repositoryAround(cwd, home)
  const near = placesNear(own ?? cwd, {cwd, home})
    .flatMap(foldersIn)
    .filter(isRepository)
    .filter(isNoFleet)
  const others = near.filter((dir) => dir !== own).sort((a, b) => lastUsed(b) - lastUsed(a))
  const all = [...(own === null ? [] : [own]), ...others].map((dir) => realpathSync(dir))
  // A name that would end the code span it is written in can't be watched.
  return [...new Set(all)].filter((dir) => !/[`\p{Cc}]/u.test(dir))
}

/** Here, and beside here: who has made a folder for a fleet in ~/code has projects there. What lies beside a home folder is somebody else's. */
function placesNear(own: string, {cwd, home}: {readonly cwd: string; readonly home: string}): string[] {
  return own === cwd && !cwd.startsWith(`${home}${path.sep}`) ? [cwd] : [cwd, path.dirname(own)]
}

/** A fleet looks after itself. */
function isNoFleet(dir: string): boolean {
  return !existsSync(path.join(dir, CONFIG_FILE))
}

function detectMaildirs(home: string): string[] {
  const tops = ['Maildir', 'Mail', '.mail', 'mail'].map((name) => path.join(home, name))
  const below = tops.flatMap((dir) => (isMaildir(dir) ? [dir] : foldersIn(dir).flatMap(inboxesOf)))
  // On a disk that does not tell a from A, ~/Mail and ~/mail are one.
  return [...new Set(below.map((dir) => realpathSync(dir)))]
}

/** An account's folder is a maildir itself, or has its inbox in one. */
function inboxesOf(dir: string): string[] {
  if (isMaildir(dir)) return [dir]
  return ['INBOX', 'Inbox', 'inbox'].map((name) => path.join(dir, name)).filter(isMaildir)
}

function foldersIn(dir: string): string[] {
  return namesIn(dir)
    .slice(0, MOST_LOOKED_AT)
    .map((name) => path.join(dir, name))
    .filter(isFolder)
}

/** When git last wrote there: its index is new at each checkout, add and commit. */
function lastUsed(dir: string): number {
  const git = path.join(dir, '.git')
  if (!isFolder(git)) return 0
  const times = readdirSync(git)
    .filter((name) => name === 'index' || name === 'HEAD')
    .map((name) => statSync(path.join(git, name), {throwIfNoEntry: false})?.mtimeMs ?? 0)
  return Math.max(0, ...times)
}

function isFolder(dir: string): boolean {
  return statSync(dir, {throwIfNoEntry: false})?.isDirectory() ?? false
}
