import type {FoundApproval} from '../../guard/approvals/read-approvals.js'
import {isUlid} from '../../kit/ids.js'
import type {Fleet} from '../../workspace/fleet.js'

/** Requests that a person's answer would still count for, oldest first. */
export async function waitingApprovals(fleet: Fleet): Promise<FoundApproval[]> {
  const open = unanswered(fleet)
  if (open.length === 0) return []
  const [{approvalsOnDisk, readApprovals}, {stateOf}, {openAuthority}] = await Promise.all([
    import('../../guard/approvals/read-approvals.js'),
    import('../../guard/approvals/state-of.js'),
    import('../approvals/authority.js'),
  ])
  const {found} = readApprovals(approvalsOnDisk(fleet.home.files), open)
  const authority = await openAuthority(fleet, found)
  return found.filter((approval) => stateOf(approval, authority).status === 'waiting')
}

/** Those that nobody has answered, whatever else there is to them: what a look at names alone can tell. */
export function unanswered({home: {files}}: Fleet): string[] {
  if (files.stat('approvals')?.kind !== 'folder') return []
  const ids = files.list('approvals').filter(({name, kind}) => kind === 'folder' && isUlid(name))
  return ids.flatMap(({name}) => (files.stat(`approvals/${name}/answer.md`) === null ? [name] : []))
}
