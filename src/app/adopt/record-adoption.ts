import path from 'node:path'
import type {ChangeSet} from '../../history/change-set.js'
import {commitChangeSets} from '../../history/commit-change-sets.js'
import {personIdentity} from '../../history/person.js'
import {UserError} from '../../kit/errors.js'
import {newTurnId} from '../../kit/ids.js'
import type {Change} from '../../workspace/change.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {RecordResult} from '../record.js'

export interface AdoptionRecord {
  readonly agent: string
  readonly source: string
  readonly changes: readonly Change[]
  /** Put in place in the same stroke and left out of the commit. */
  readonly placed: readonly Change[]
}

/** One commit for an adoption, with files beside it that wait for a person; all of it happens, or nothing. */
export function recordAdoption(fleet: Fleet, {agent, source, changes, placed}: AdoptionRecord): RecordResult {
  const turn = newTurnId(fleet.clock)
  const author = personIdentity(fleet.home.dir, fleet.env)
  const commit: ChangeSet['commit'] = {
    subject: `Adopt ${agent}`,
    body: `From ${path.basename(source)}, as it was.`,
    author,
    at: fleet.clock.now(),
    trailers: [
      ['Mcos-Agent', agent],
      ['Mcos-Turn', turn],
      ['Mcos-Trigger', 'person'],
      ['Mcos-By', author.name],
    ],
  }
  const sets: ChangeSet[] = [
    {id: turn, changes, commit, local: []},
    {id: newTurnId(fleet.clock), changes: placed, commit: null, local: []},
  ]
  const results = commitChangeSets(fleet.home.dir, sets, {clock: fleet.clock})
  const refused = results.find((result) => result.refused !== null)?.refused
  if (!refused) return {turn, commit: results[0]?.commit ?? null}
  // They are copies: without the adoption they have no business in the fleet.
  if (results[1]?.refused === null) {
    for (const change of placed) if (change.kind === 'move') fleet.home.files.remove(change.to)
  }
  throw new UserError(`${refused.path}: ${refused.reason}.`, {code: refused.code, fix: refused.fix})
}
