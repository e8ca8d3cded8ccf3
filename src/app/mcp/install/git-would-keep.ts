import {existsSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {runGit} from '../../../history/plumbing.js'
import {findRepository, type Repository} from '../../../history/repository.js'
import {isUserError} from '../../../kit/errors.js'

/** Whether a file is in git, or would be with the next `git add`, also one that isn't there yet. */
export function gitWouldKeep(file: string): 'tracked' | 'not ignored' | null {
  const real = realOf(file)
  const repository = repositoryAt(realOf(path.dirname(file)))
  if (repository === null) return null
  const rel = path.relative(repository.root, real).split(path.sep).join('/')
  if (runGit(repository, ['ls-files', '--error-unmatch', '--', rel]).code === 0) return 'tracked'
  return runGit(repository, ['check-ignore', '-q', '--', rel]).code === 0 ? null : 'not ignored'
}

/** Without links, as far as there is anything. */
function realOf(file: string): string {
  if (existsSync(file)) return realpathSync(file)
  const parent = path.dirname(file)
  return parent === file ? file : path.join(realOf(parent), path.basename(file))
}

function repositoryAt(dir: string): Repository | null {
  if (!existsSync(dir)) return dir === path.dirname(dir) ? null : repositoryAt(path.dirname(dir))
  try {
    return findRepository(dir)
  } catch (error) {
    // In no repository, or in one that mcos would not touch.
    if (isUserError(error)) return null
    throw error
  }
}
