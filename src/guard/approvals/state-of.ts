import {type ApprovalState, judgeApproval} from '../../workspace/approval-file.js'
import type {FleetConfig} from '../../workspace/config.js'
import {mayApprove} from './domains.js'
import type {FoundApproval} from './read-approvals.js'
import {type AnswerKeys, whyNotSigned} from './sign-answer.js'

/** All that decides whether a yes is one. */
export interface Authority {
  readonly now: number
  readonly people: FleetConfig['people']
  readonly keys: AnswerKeys
  /** The version of the contract that an agent has now; null: it has none that can be read. */
  contractOf(agent: string): string | null
}

/** Where an approval stands; in any doubt nothing may be done by it, and the reason says which doubt. */
export function stateOf(approval: FoundApproval, {now, people, keys, contractOf}: Authority): ApprovalState {
  const {request, answer, use, trouble, isUsed, id, text} = approval
  if (isUsed && use === null) return {status: 'used', reason: trouble}
  if (trouble !== null) return {status: 'void', reason: trouble}
  const contract = contractOf(request.agent)
  if (contract === null && use === null)
    return {status: 'void', reason: `the contract of ${request.agent} can't be read`}
  return judgeApproval(
    {request, answer, use},
    {
      now,
      contract: contract ?? request.contract,
      mayApprove: (person, verb) => mayApprove(people, person, verb),
      whyNotSigned: (given) => whyNotSigned(given, {id, text, keys, people}),
    },
  )
}
