import {isUserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {isUlid} from '../../kit/ids.js'

const SETTLED = 'approvals/settled'

/**
 * Ids of approvals that this machine has not yet seen the end of. One look at a folder where there are none: every beat
 * asks.
 */
export function unsettledApprovals(files: Folder, mcos: Folder): string[] {
  const ids = entriesOf(files).flatMap(({name, kind}) => (kind === 'folder' && isUlid(name) ? name : []))
  if (ids.length === 0) return []
  const settled = new Set(mcos.list(SETTLED).map(({name}) => name))
  return ids.filter((id) => !settled.has(id))
}

/** Says that nothing more will come of it. Forgotten, it is looked at once more, and nothing is done twice by that. */
export function settleApproval(mcos: Folder, id: string): void {
  mcos.write(`${SETTLED}/${id}`, '', {sync: false})
}

function entriesOf(files: Folder): ReturnType<Folder['list']> {
  try {
    return files.list('approvals')
  } catch (error) {
    // A link or a file in its place: nothing is approved there.
    if (isUserError(error)) return []
    throw error
  }
}
