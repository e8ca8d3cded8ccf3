import {isUserError} from '../src/kit/errors.js'

/** The code of the UserError that an act ends with, or "done"; anything else it throws goes on. */
export function codeOf(act: () => unknown): string {
  try {
    act()
    return 'done'
  } catch (error) {
    if (isUserError(error)) return error.code
    throw error
  }
}
