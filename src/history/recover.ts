import type {Clock} from '../kit/clock.js'
import {isUserError, UserError} from '../kit/errors.js'
import {openFolder} from '../kit/folder.js'
import {carryOut, type Workplace} from './carry-out.js'
import type {Recovered} from './change-set.js'
import {isCommitterDead, sweepGit, takeCommitLock} from './commit-lock.js'
import {hasJournal, listJournals, readJournal, setAside} from './journal.js'
import {findRepository} from './repository.js'

/** Finishes what killed processes have begun; costs a look at two folders when there is nothing. */
export function recoverJournals(home: string, {clock}: {readonly clock: Clock}): Recovered[] {
  // Who commits a person's edits keeps no journal, and its git may have died with it all the same.
  if (!hasJournal(home) && !isCommitterDead(`${home}/.mcos`, {clock})) return []
  const files = openFolder(home)
  const mcos = openFolder(`${files.dir}/.mcos`)
  const lock = takeCommitLock(mcos, {clock, repository: () => findRepository(files.dir)})
  try {
    return finishJournals({files, mcos, repository: findRepository(files.dir), lock})
  } finally {
    lock.release()
  }
}

/** As recoverJournals, for whoever holds the commit lock already. */
export function finishJournals(place: Workplace): Recovered[] {
  const paths = listJournals(place.mcos)
  if (paths.length === 0) return []
  sweepGit(place.repository)
  return paths.flatMap((path) => finishJournal({...place, onStage: undefined}, path))
}

function finishJournal(place: Workplace, path: string): Recovered[] {
  const journal = readJournal(place.mcos, path)
  if (journal instanceof UserError) {
    setAside(place.mcos, path, place.lock.staging)
    return [{id: '', commit: null, error: journal}]
  }
  try {
    const {commits} = carryOut(place, {journal, path, fresh: null})
    return journal.sets.map(({id}) => ({id, commit: commits.get(id) ?? null, error: null}))
  } catch (error) {
    if (!isUserError(error) || !LASTING.has(error.code)) throw error
    setAside(place.mcos, path, place.lock.staging)
    return journal.sets.map(({id}) => ({id, commit: null, error}))
  }
}

/** Troubles that waiting doesn't mend: a folder where a file should be, a link on the way. The rest is tried again. */
const LASTING = new Set([
  'PATH_ESCAPE',
  'PATH_LINK',
  'NOT_A_FILE',
  'NOT_A_FOLDER',
  'NAME_TOO_LONG',
  'CONFLICT',
  'TOO_LARGE',
])
