import type {PollState} from '../../alerts/telegram/poll-state.js'
import {EXIT, UserError} from '../../kit/errors.js'
import type {ApprovalAnswer} from '../../workspace/approval-file.js'
import type {Fleet} from '../../workspace/fleet.js'
import {answerApproval} from '../approvals/answer.js'
import {findApproval} from '../approvals/find.js'
import {showRequest} from './ask-text.js'
import {deedOf, moment} from './text.js'

/** An answer as it came over a channel. */
export interface AnswerOver {
  /** Or the beginning of one. */
  readonly id: string
  readonly answer: 'yes' | 'no'
  readonly person: string
  readonly via: string
  readonly state: PollState
}

/**
 * Records a person's yes or no to what they were shown, and tells what came of it. An answer that is there already is
 * told, never given twice. The message that asked is closed by the next look at what waits.
 */
export async function answerOver(fleet: Fleet, given: AnswerOver): Promise<string> {
  const {answer, person: by, via, state} = given
  const {approval, state: before} = await findApproval(fleet, given.id)
  const {id, request} = approval
  const ask = Object.hasOwn(state.asks, id) ? state.asks[id] : undefined
  if (before.status !== 'waiting') {
    return (await spokenOf(fleet, approval.answer)) ?? `Not answered: ${before.reason ?? before.status}.`
  }
  if (answer === 'yes' && !(await showRequest(fleet, approval)).isWhole) throw notWhole(id)
  const {at, next} = await answerApproval(fleet, {id, answer, by, via, hash: ask?.hash ?? request.hash})
  const words = await spokenOf(fleet, {answer, by, at})
  return `${words ?? ''}${next ? ` ${deedOf(request)} is done ${next.when}.` : ''}`
}

function notWhole(id: string): UserError {
  return new UserError(`${id} can't be shown here whole, so a yes to it needs a terminal: mcos approve show ${id}`, {
    code: 'NOT_SHOWN',
    fix: `mcos approve yes ${id}`,
    exit: EXIT.refused,
  })
}

async function spokenOf(
  fleet: Fleet,
  answer: Pick<ApprovalAnswer, 'answer' | 'by' | 'at'> | null,
): Promise<string | null> {
  return answer === null
    ? null
    : `${answer.answer === 'yes' ? 'Yes' : 'No'} by ${answer.by}, ${await moment(fleet, answer.at)}.`
}
