import {approvalsOnDisk, type FoundApproval, readApprovals} from '../../guard/approvals/read-approvals.js'
import {stateOf} from '../../guard/approvals/state-of.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openAuthority} from '../approvals/authority.js'

/** Requests that a person's answer would still count for, oldest first. */
export async function waitingApprovals(fleet: Fleet): Promise<FoundApproval[]> {
  const {files} = fleet.home
  const source = approvalsOnDisk(files)
  const open = source.names().filter((id) => files.stat(`approvals/${id}/answer.md`) === null)
  if (open.length === 0) return []
  const {found} = readApprovals(source, open)
  const authority = await openAuthority(fleet, found)
  return found.filter((approval) => stateOf(approval, authority).status === 'waiting')
}
