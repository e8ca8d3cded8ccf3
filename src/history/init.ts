import {spawnSync} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import {UserError} from '../kit/errors.js'
import {gitEnv, insistOnGit} from './plumbing.js'
import {findRepository, isInRepository, type Repository} from './repository.js'

/** Makes a folder a git repository on branch main, without templates or hooks; one that lies in a repository stays in it. */
export function initRepository(dir: string): {readonly repository: Repository; readonly isNew: boolean} {
  mkdirSync(dir, {recursive: true})
  if (isInRepository(dir)) return {repository: findRepository(dir), isNew: false}
  const result = spawnSync('git', ['init', '-q', '--template=', dir], {env: gitEnv()})
  insistOnGit(result.error)
  // `init -b` came only with git 2.28; naming the branch afterwards works with all.
  const named =
    result.status === 0
      ? spawnSync('git', ['symbolic-ref', 'HEAD', 'refs/heads/main'], {cwd: dir, env: gitEnv()})
      : result
  if (named.status !== 0) {
    throw new UserError(`${dir} could not be made a git repository: ${named.stderr.toString().trim()}`, {
      code: 'GIT_FAILED',
      fix: `git init -b main ${dir}`,
    })
  }
  return {repository: findRepository(dir), isNew: true}
}
