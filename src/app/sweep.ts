import {sweepStages} from '../fleet/adopt/stage.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {errnoOf} from '../kit/storage-error.js'
import {sweepLeftovers} from '../kit/sweep.js'
import {agentPaths, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {hasSpent, oldReceipts} from './sweep/receipts-age.js'

/** Clears away what killed processes have left lying about. Nobody waits for it, so what can't be cleared stays. */
export function sweepAfterKills(fleet: Fleet): void {
  const {home, mcos, clock} = fleet
  const folders = () => listAgents(home).map((agent) => `${home.dir}/${agentPaths(agent).inboxTmp}`)
  try {
    sweepLeftovers(mcos, {now: clock.now(), folders})
    sweepStages(fleet)
    sweepReceipts(mcos)
  } catch (error) {
    // A full or read-only disk, or another user's file: the beat is done all the same, and fsck tells what lies there.
    if (!isUserError(error) && errnoOf(error) === undefined) throw error
  }
}

/** Those that tell of money go with the fold of the usage, once it is in the ledger. */
function sweepReceipts(mcos: Folder): void {
  for (const path of oldReceipts(mcos)) if (!hasSpent(mcos, path)) mcos.remove(path, {sync: false})
}
