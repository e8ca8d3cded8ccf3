import {realpathSync} from 'node:fs'
import path from 'node:path'
import {isUserError} from '../kit/errors.js'
import {runGit} from './plumbing.js'
import {findRepository} from './repository.js'

/** Whether a file is in git, or would be with the next `git add`; null: neither, or it lies in no repository. */
export function gitHolds(file: string): 'tracked' | 'not ignored' | null {
  try {
    const real = realpathSync(file)
    const repository = findRepository(path.dirname(real))
    const rel = path.relative(repository.root, real).split(path.sep).join('/')
    const asked = (args: readonly string[]) => runGit(repository, [...args, '--', rel]).code === 0
    if (asked(['ls-files', '--error-unmatch'])) return 'tracked'
    return asked(['check-ignore', '-q']) ? null : 'not ignored'
  } catch (error) {
    // In no repository, or in one that mcos would not touch; a file that isn't there is told by who wants to read it.
    if (isUserError(error) || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null
    throw error
  }
}
