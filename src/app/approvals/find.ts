import {approvalsOnDisk, type FoundApproval, readApproval} from '../../guard/approvals/read-approvals.js'
import {type Authority, stateOf} from '../../guard/approvals/state-of.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {matchPrefix} from '../../kit/ids.js'
import type {ApprovalState} from '../../workspace/approval-file.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openAuthority} from './authority.js'

export interface Judged {
  readonly approval: FoundApproval
  readonly state: ApprovalState
  readonly authority: Authority
}

/** The one approval whose id begins so, and where it stands. */
export async function findApproval(fleet: Fleet, typed: string): Promise<Judged> {
  const source = approvalsOnDisk(fleet.home.files)
  const id = matchPrefix(source.names(), typed, {what: 'approval', list: 'mcos approve list --all'})
  const approval = readApproval(source, id)
  if (approval === null || !('request' in approval)) throw cannotRead(id, approval?.trouble ?? 'it has no request.md')
  const authority = await openAuthority(fleet, [approval])
  return {approval, state: stateOf(approval, authority), authority}
}

function cannotRead(id: string, why: string): UserError {
  return new UserError(`Approval ${id} can't be read, so nobody can answer it: ${why}`, {
    code: 'UNREADABLE',
    fix: `git log -- approvals/${id}`,
    exit: EXIT.usage,
  })
}
