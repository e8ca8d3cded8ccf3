import {findRepository, type Repository} from '../../history/repository.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'

/** The fleet's repository; null where it can't be opened, which git's own checks tell. */
export function openedRepository({home}: Fleet): Repository | null {
  try {
    return findRepository(home.dir)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
