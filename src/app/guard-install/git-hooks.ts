import {lstatSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {readPersonConfig} from '../../history/person.js'
import {findRepository} from '../../history/repository.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {type Folder, openFolder} from '../../kit/folder.js'
import {shellWord} from '../../kit/shell-word.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Starter} from './hook-entry.js'

/** The events of git at which mcos looks, as git calls their files. */
const GIT_HOOKS = ['pre-commit', 'commit-msg', 'pre-merge-commit', 'pre-push'] as const

type GitHook = (typeof GIT_HOOKS)[number]

/** What becomes of one hook of git. */
export interface PlannedHook {
  readonly hook: GitHook
  /** Absolute. */
  readonly file: string
  readonly before: string | null
  readonly after: string | null
  /** A person's own hook moves aside (`aside`), comes back (`back`), or is not concerned. */
  readonly person: 'aside' | 'back' | null
}

const MARK = '# Made by mcos guard install --git'
const KEPT_SUFFIX = '.before-mcos'

/** Ours first, then the hook that a person had there. */
export function planGitHooks(fleet: Pick<Fleet, 'home' | 'env'>, starter: Starter): PlannedHook[] {
  return eachHook(fleet, (hook, file, before) => {
    const after = gitHookText(hook, starter)
    const person = before === null || isOurs(before) ? null : 'aside'
    if (person === 'aside' && readText(file + KEPT_SUFFIX) !== null) throw twoKept(file)
    return {hook, file, before, after, person}
  })
}

/** Takes ours away and puts a person's own back. */
export function planGitHooksGone(fleet: Pick<Fleet, 'home' | 'env'>): PlannedHook[] {
  return eachHook(fleet, (hook, file, before) => {
    if (before === null || !isOurs(before)) return {hook, file, before, after: before, person: null}
    const kept = readText(file + KEPT_SUFFIX)
    return {hook, file, before, after: kept, person: kept === null ? null : 'back'}
  })
}

/** Does what was planned. Each step leaves the person's hook or ours in place, whole. */
export function applyGitHooks(planned: readonly PlannedHook[]): void {
  for (const {hook, file, before, after, person} of planned) {
    if (before === after) continue
    const folder = openFolder(path.dirname(file))
    if (person === 'aside') copyHook(folder, hook, hook + KEPT_SUFFIX)
    if (person === 'back') {
      copyHook(folder, hook + KEPT_SUFFIX, hook)
      folder.remove(hook + KEPT_SUFFIX)
    } else if (after === null) folder.remove(hook)
    else folder.write(hook, after, {mode: 0o755})
  }
}

function copyHook(folder: Folder, from: string, to: string): void {
  const content = folder.read(from)
  const mode = folder.stat(from)?.mode
  if (content !== null && mode !== undefined) folder.write(to, content, {mode})
}

/** Which of git's hooks call mcos. */
export function installedGitHooks(fleet: Pick<Fleet, 'home' | 'env'>): GitHook[] {
  return eachHook(fleet, (hook, _file, before) => ({hook, isThere: before !== null && isOurs(before)}))
    .filter(({isThere}) => isThere)
    .map(({hook}) => hook)
}

/** What is called is said whole, since git hands a hook whatever PATH its caller has. */
export function gitHookText(hook: GitHook, {node, mcos, home}: Starter): string {
  const call = `${[node, mcos].map(shellWord).join(' ')} hook git-${hook} --home ${shellWord(home)} "$@"`
  const next = `next="$0${KEPT_SUFFIX}"`
  const lines =
    hook === 'pre-push'
      ? [
          // Both read the refs, byte for byte; the dot keeps the shell from dropping the last line's end.
          'refs=$(cat; echo .)',
          `printf %s "\${refs%.}" | ${call} || exit 1`,
          next,
          '[ -x "$next" ] || exit 0',
          'printf %s "${refs%.}" | "$next" "$@"',
        ]
      : [`${call} || exit 1`, next, '[ ! -x "$next" ] || exec "$next" "$@"']
  return `${['#!/bin/sh', `${MARK}; mcos guard uninstall --git takes it away.`, ...lines].join('\n')}\n`
}

function eachHook<T>(
  {home, env}: Pick<Fleet, 'home' | 'env'>,
  plan: (hook: GitHook, file: string, before: string | null) => T,
): T[] {
  const dir = hooksFolder(home.dir, env)
  return GIT_HOOKS.map((hook) => {
    const file = path.join(dir, hook)
    return plan(hook, file, readText(file))
  })
}

/** Where git looks for hooks of this repository. A folder that other repositories look in as well is not ours to fill. */
function hooksFolder(home: string, env: Fleet['env']): string {
  const {commonDir, root} = findRepository(home)
  const named = readPersonConfig(home, ['core.hooksPath'], env).get('core.hookspath')
  if (named === undefined) return path.join(commonDir, 'hooks')
  const dir = path.resolve(root, named.replace(/^~(?=\/|$)/, env['HOME'] ?? '~'))
  const isInside = [root, commonDir].some((top) => dir === top || dir.startsWith(`${top}${path.sep}`))
  if (isInside) return dir
  throw new UserError(`core.hooksPath is ${dir}, which lies outside this repository: its hooks run for others, too.`, {
    code: 'SHARED_HOOKS',
    fix: `git -C ${shellWord(root)} config core.hooksPath .git/hooks`,
    exit: EXIT.usage,
  })
}

function isOurs(text: string): boolean {
  return text.includes(MARK)
}

function readText(file: string): string | null {
  const found = lstatSync(file, {throwIfNoEntry: false})
  if (!found) return null
  if (found.isFile()) return readFileSync(file, 'utf8')
  throw new UserError(`${file} is a link or no file, so it can't be kept and called.`, {
    code: 'NOT_A_FILE',
    fix: `ls -l ${shellWord(file)}`,
  })
}

function twoKept(file: string): UserError {
  return new UserError(`${file} is not ours, and ${file}${KEPT_SUFFIX} is kept already: which of them is yours?`, {
    code: 'COLLISION',
    fix: `diff ${shellWord(file)} ${shellWord(`${file}${KEPT_SUFFIX}`)}`,
  })
}
