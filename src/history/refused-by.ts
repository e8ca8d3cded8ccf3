import {UserError} from '../kit/errors.js'
import type {Refusal} from './change-set.js'

/** A refusal for those to whom it is an error: the file that is in the way stands first. */
export function refusedBy({path, reason, code, fix}: Refusal): UserError {
  return new UserError(`${path}: ${reason}.`, {code, fix})
}
