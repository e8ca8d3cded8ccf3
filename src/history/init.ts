import {spawnSync} from 'node:child_process'
import {mkdirSync, renameSync, rmSync} from 'node:fs'
import path from 'node:path'
import {systemClock} from '../kit/clock.js'
import {UserError} from '../kit/errors.js'
import {newId} from '../kit/ids.js'
import {shellWord} from '../kit/shell-word.js'
import {gitEnv, insistOnGit} from './plumbing.js'
import {findRepository, isInRepository, type Repository} from './repository.js'

/**
 * Makes a folder a git repository on branch main, without templates or hooks; one that lies in a repository stays in it.
 * The repository is made aside and put in place whole, as a git that was killed half-way leaves what no git can use.
 */
export function initRepository(dir: string): {readonly repository: Repository; readonly isNew: boolean} {
  mkdirSync(dir, {recursive: true})
  if (isInRepository(dir)) return {repository: findRepository(dir), isNew: false}
  const aside = path.join(dir, '.mcos/staging', newId(systemClock))
  mkdirSync(aside, {recursive: true})
  try {
    makeRepository(aside, dir)
    renameSync(path.join(aside, '.git'), path.join(dir, '.git'))
  } finally {
    rmSync(aside, {recursive: true, force: true})
  }
  return {repository: findRepository(dir), isNew: true}
}

/** Says that there is no git before anything is made that needs it. */
export function insistOnGitHere(): void {
  insistOnGit(spawnSync('git', ['--version'], {env: gitEnv()}).error)
}

function makeRepository(aside: string, dir: string): void {
  const result = spawnSync('git', ['init', '-q', '--template=', aside], {env: gitEnv()})
  insistOnGit(result.error)
  // `init -b` came only with git 2.28; naming the branch afterwards works with all.
  const named =
    result.status === 0
      ? spawnSync('git', ['symbolic-ref', 'HEAD', 'refs/heads/main'], {cwd: aside, env: gitEnv()})
      : result
  if (named.status === 0) return
  throw new UserError(`${dir} could not be made a git repository: ${named.stderr.toString().trim()}`, {
    code: 'GIT_FAILED',
    fix: `git init -b main ${shellWord(dir)}`,
  })
}
