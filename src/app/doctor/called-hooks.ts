import {isUserError} from '../../kit/errors.js'
import {lookOnce} from '../../workspace/look-once.js'
import {installedGitHooks} from '../guard-install/git-hooks.js'

/** Which of git's hooks call mcos, by one look for all checks. */
export const calledHooks = lookOnce((fleet): readonly string[] => {
  try {
    return installedGitHooks(fleet)
  } catch (error) {
    // Without a repository, with hooks that other repositories share, or with a link in a hook's place, none is ours.
    if (isUserError(error)) return []
    throw error
  }
})
