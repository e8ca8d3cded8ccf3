import type {Clock} from '../../kit/clock.js'
import {isUserError} from '../../kit/errors.js'
import {newId} from '../../kit/ids.js'
import {clean, cleanLine, shorten} from '../../kit/text.js'
import {
  type ApprovalRequest,
  type ApprovalState,
  approvalHash,
  formatRequest,
  parseRequest,
} from '../../workspace/approval-file.js'
import type {Change} from '../../workspace/change.js'
import {type FoundApproval, requestPath} from './read-approvals.js'

/** What an agent wants a person to say yes to. */
export interface Ask extends Pick<ApprovalRequest, 'agent' | 'turn' | 'verb' | 'target' | 'args' | 'contract'> {
  /** Why it is not simply done: the guard's reason. */
  readonly why: string
  /** From where text of the outside has come into the turn, which may have put this into the agent's head. */
  readonly taint: readonly string[]
  /** What a yes leads to, where that is something else than making the call. */
  readonly after?: string
}

export type PlannedRequest =
  | {readonly kind: 'new'; readonly id: string; readonly change: Change}
  /** The same was asked before, and that still stands. */
  | {
      readonly kind: 'known'
      readonly id: string
      readonly status: 'waiting' | 'approved' | 'refused'
      readonly reason: string | null
    }
  | {readonly kind: 'refused'; readonly reason: string}

/** More than these, waiting at the same time, nobody reads. */
export const MOST_WAITING = 20

const HOUR_MS = 3_600_000
const USUAL_MS = 72 * HOUR_MS
/** A proposal for memory, wiki or guardrails loses nothing by lying for a while. */
const PROPOSAL_MS = 30 * 24 * HOUR_MS
const PROPOSALS = /^(?:memory|wiki|guardrail)\./

/** A request for a person, unless the same one waits already or too many do. */
export function planRequest(
  ask: Ask,
  {
    known,
    state,
    clock,
  }: {readonly known: readonly FoundApproval[]; readonly clock: Clock; state(approval: FoundApproval): ApprovalState},
): PlannedRequest {
  const {agent, turn, verb, target, args, contract} = ask
  const hash = approvalHash(ask)
  const own = known.filter(({request}) => request.agent === agent)
  const now = clock.now()
  // A no holds until the request would have expired: who is told no asks no second time the minute after.
  for (const approval of own.filter(({request}) => request.hash === hash && now < Date.parse(request.expires))) {
    const {status, reason} = state(approval)
    if (status === 'waiting' || status === 'approved' || status === 'refused')
      return {kind: 'known', id: approval.id, status, reason}
  }
  const waiting = own.filter((approval) => approval.answer === null && state(approval).status === 'waiting').length
  if (waiting >= MOST_WAITING)
    return refused(`${waiting} approvals of ${agent} wait already, and more are not asked for`)
  const request: ApprovalRequest = {
    id: newId(clock),
    at: new Date(now).toISOString(),
    agent,
    turn,
    verb,
    target,
    args,
    hash,
    contract,
    expires: new Date(now + (PROPOSALS.test(verb) ? PROPOSAL_MS : USUAL_MS)).toISOString(),
    body: inWords(ask),
    unknown: [],
  }
  const content = formatExactly(request)
  if (content === null)
    return refused(
      'it is too long, or holds what a file of text can not say, so nobody could be asked about exactly this',
    )
  return {kind: 'new', id: request.id, change: {kind: 'write', path: requestPath(request.id), content, expect: null}}
}

/** The file's text; null where what is read back would be something else than what was meant. */
function formatExactly(request: ApprovalRequest): string | null {
  try {
    const text = formatRequest(request)
    return approvalHash(parseRequest(text, 'request.md')) === request.hash ? text : null
  } catch (error) {
    // Longer or deeper than a header may be.
    if (isUserError(error)) return null
    throw error
  }
}

function inWords({agent, verb, target, why, taint, after}: Ask): string {
  const what = shorten(cleanLine(`${verb} ${target}`), 300)
  const from = taint.map((place) => shorten(cleanLine(place), 200)).join(', ')
  const lines = [
    `What: ${agent} wants: ${what}. The exact arguments stand above.`,
    `Why you are asked: ${cleanLine(why)}.`,
    `After a yes: ${after ?? `exactly this call is made, once, by code, at the next beat or run of ${agent}`}.`,
    'An edit of this file, or another contract meanwhile, makes the yes void.',
    ...(from === ''
      ? []
      : [
          `Taint: before it asked, the turn had read text from outside: ${from}. What stands in the arguments may be their words.`,
        ]),
  ]
  return clean(lines.join('\n\n'))
}

function refused(reason: string): PlannedRequest {
  return {kind: 'refused', reason}
}
