import {approvalsOnDisk, type FoundApproval, readApprovals} from '../guard/approvals/read-approvals.js'
import {settleApproval} from '../guard/approvals/unsettled.js'
import {lookForBegun} from '../turn/approval-marks.js'
import type {Fleet} from '../workspace/fleet.js'

/** What of a fleet's approvals is to be done by whom. */
export interface OpenApprovals {
  /** Ids of those with an answer, or an end that nobody has told yet, by their agents. */
  readonly answered: ReadonlyMap<string, readonly string[]>
  /** For people to answer. */
  readonly waiting: readonly FoundApproval[]
}

/** What ended longer ago is no news any more: to a clone of the fleet, all that was ever asked would be. */
const OLD_MS = 3 * 24 * 3_600_000

/** Sorts what this machine hasn't seen the end of; what ended long ago is settled here. */
export function sortApprovals(
  {home, mcos, clock}: Pick<Fleet, 'home' | 'mcos' | 'clock'>,
  ids: readonly string[],
): OpenApprovals {
  const now = clock.now()
  const answered = new Map<string, string[]>()
  const waiting: FoundApproval[] = []
  for (const approval of readApprovals(approvalsOnDisk(home.files), ids).found) {
    const {id, request, answer, trouble, isUsed} = approval
    const expires = Date.parse(request.expires)
    const isOpen = !isUsed && answer === null && trouble === null && now < expires
    if (isOpen) waiting.push(approval)
    else if (isUsed ? lookForBegun(mcos, id) === 'none' : now - endedAt(approval, expires) > OLD_MS)
      settleApproval(mcos, id)
    else answered.set(request.agent, [...(answered.get(request.agent) ?? []), id])
  }
  return {answered, waiting}
}

/** A yes holds until the request expires; a no ends it at once. */
function endedAt({answer}: FoundApproval, expires: number): number {
  return answer?.answer === 'no' ? Date.parse(answer.at) : expires
}
