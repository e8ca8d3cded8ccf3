import {type ClosedDay, closeDays, closedDays, rowsMissing} from '../../engines/budget/closed-days.js'
import type {ChangeSet} from '../../history/change-set.js'
import {commitChangeSets} from '../../history/commit-change-sets.js'
import {recoverJournals} from '../../history/recover.js'
import {isUserError} from '../../kit/errors.js'
import {newTurnId} from '../../kit/ids.js'
import {type Lock, tryLock} from '../../kit/lock.js'
import type {Change} from '../../workspace/change.js'
import type {Fleet} from '../../workspace/fleet.js'
import {knowDay} from '../../workspace/local-time.js'
import {formatUsage, usagePath} from '../../workspace/usage-ledger.js'
import {bookOldReceipts, removeOldReceipts} from '../sweep/old-receipts.js'
import {oldReceipts} from '../sweep/receipts-age.js'

/** What was added to this machine's ledger. */
export interface FoldedUsage {
  /** Days whose sums are committed now. */
  readonly days: readonly string[]
  readonly commit: string | null
  /** Why days that are over still wait; the next fold tries again. */
  readonly waiting: string | null
}

const NOTHING: FoldedUsage = {days: [], commit: null, waiting: null}
const LOCK = '_usage'

/**
 * Commits the sums of days that are over to usage/<host>/: one commit, and each day once, wherever an earlier try was
 * killed. Old receipts, from `.mcos`, go only then, once the ledger has what they tell. Costs a look at three folders when there is none.
 */
export async function foldUsage(fleet: Fleet, old: readonly string[] = oldReceipts(fleet.mcos)): Promise<FoldedUsage> {
  const {mcos, clock, home} = fleet
  if (mcos.stat('budget') === null) return NOTHING
  const zone = home.config.timezone
  await knowDay(fleet, clock.now(), zone)
  bookOldReceipts(fleet, old)
  const folded = closeDays({mcos, clock, zone}).length === 0 ? NOTHING : foldUnderLock(fleet)
  if (folded.waiting === null) removeOldReceipts(fleet, old)
  return folded
}

function foldUnderLock(fleet: Fleet): FoldedUsage {
  const {mcos, clock} = fleet
  const taken = tryLock(mcos, LOCK, {clock})
  if ('holder' in taken) return {...NOTHING, waiting: 'another process is at it'}
  try {
    return foldClosed(fleet, taken.lock)
  } catch (error) {
    // A merge in progress, a full disk: the beat that asked is done all the same, and the days stay where they are.
    if (!isUserError(error)) throw error
    return {...NOTHING, waiting: error.message}
  } finally {
    taken.lock.release()
  }
}

function foldClosed(fleet: Fleet, lock: Lock): FoldedUsage {
  const {mcos, clock, home} = fleet
  // What a killed fold had begun is finished first: then the ledger on the disk is the committed one.
  recoverJournals(home.dir, {clock})
  const days = closedDays({mcos})
  const [set, ...changed] = changeSetOf(fleet, days)
  const [result] = set ? commitChangeSets(home.dir, [set], {clock, lock}) : []
  if (result?.refused) return {...NOTHING, waiting: `${result.refused.path}: ${result.refused.reason}`}
  for (const {path} of days) mcos.remove(path, {staging: lock.staging})
  return {days: changed, commit: result?.commit ?? null, waiting: null}
}

/** The one change set and the days that it adds; nothing when the ledger has them all. */
function changeSetOf(fleet: Fleet, days: readonly ClosedDay[]): [ChangeSet, ...string[]] | [] {
  const {clock, home, host} = fleet
  const ledgers = new Map<string, string>()
  const changes: Change[] = []
  const added: string[] = []
  for (const closed of days) {
    const path = usagePath(host, closed.day)
    const ledger = ledgers.get(path) ?? home.files.readText(path) ?? ''
    const rows = rowsMissing(ledger, closed)
    const text = rows.map((row) => formatUsage({...row, day: closed.day, fold: closed.id})).join('')
    if (text === '') continue
    ledgers.set(path, ledger + text)
    changes.push({kind: 'append', path, text})
    added.push(closed.day)
  }
  if (changes.length === 0) return []
  const id = newTurnId(clock)
  const set: ChangeSet = {
    id,
    changes,
    local: [],
    commit: {
      subject: `usage of ${added.length === 1 ? added[0] : `${added.length} days`} on ${host}`,
      author: {name: 'mcos', email: `mcos@${home.config.name}.mcos`},
      at: clock.now(),
      trailers: [
        ['Mcos-Turn', id],
        ['Mcos-Trigger', 'usage'],
      ],
    },
  }
  return [set, ...added]
}
