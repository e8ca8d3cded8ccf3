import {
  approvalsOnDisk,
  type BrokenApproval,
  type FoundApproval,
  readApprovals,
} from '../../guard/approvals/read-approvals.js'
import {stateOf} from '../../guard/approvals/state-of.js'
import {findAgent} from '../../workspace/agents.js'
import type {ApprovalState} from '../../workspace/approval-file.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openAuthority} from './authority.js'
import {findApproval} from './find.js'

/** One approval on one line; the keys are a promise to programs. */
export interface ApprovalRow {
  readonly id: string
  readonly agent: string
  readonly verb: string
  readonly target: string
  readonly status: ApprovalState['status']
  readonly reason: string | null
  readonly at: string
  readonly expires: string
  /** Who has answered; null: nobody. */
  readonly by: string | null
  readonly answer: 'yes' | 'no' | null
}

/** The same with all that a person decides by. */
export interface ShownApproval extends ApprovalRow {
  readonly turn: string
  readonly args: Readonly<Record<string, unknown>>
  readonly hash: string
  readonly contract: string
  /** In words: what, why, and what happens after a yes. */
  readonly words: string
  readonly via: string | null
  readonly answered_at: string | null
  readonly why: string | null
  readonly used_at: string | null
}

export interface ApprovalList {
  readonly approvals: readonly ApprovalRow[]
  /** Folders whose request can't be read. */
  readonly unreadable: readonly BrokenApproval[]
}

/** What waits for an answer or to be done; with `all` everything that was ever asked. Oldest first. */
export async function listApprovals(
  fleet: Fleet,
  {agent, all = false}: {readonly agent?: string | undefined; readonly all?: boolean} = {},
): Promise<ApprovalList> {
  const only = agent === undefined ? null : findAgent(fleet.home, agent).name
  const {found, broken} = readApprovals(approvalsOnDisk(fleet.home.files))
  const own = found.filter(({request}) => only === null || request.agent === only)
  const authority = await openAuthority(fleet, own)
  const rows = own.map((approval) => rowOf(approval, stateOf(approval, authority)))
  return {
    approvals: all ? rows : rows.filter(({status}) => status === 'waiting' || status === 'approved'),
    unreadable: broken,
  }
}

/** One approval whole, by the beginning of its id. */
export async function showApproval(fleet: Fleet, id: string): Promise<ShownApproval> {
  const {approval, state} = await findApproval(fleet, id)
  const {request, answer, use} = approval
  const {turn, args, hash, contract, body} = request
  return {
    ...rowOf(approval, state),
    turn,
    args,
    hash,
    contract,
    words: body,
    via: answer?.via ?? null,
    answered_at: answer?.at ?? null,
    why: answer?.why ?? null,
    used_at: use?.at ?? null,
  }
}

function rowOf({id, request, answer}: FoundApproval, {status, reason}: ApprovalState): ApprovalRow {
  const {agent, verb, target, at, expires} = request
  return {id, agent, verb, target, status, reason, at, expires, by: answer?.by ?? null, answer: answer?.answer ?? null}
}
