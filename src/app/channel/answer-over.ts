import type {Reply} from '../../alerts/telegram/poll.js'
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

/** What is told to the person, and what becomes of the message that asked. */
export interface AnsweredOver {
  readonly text: string
  readonly replies: readonly Reply[]
  readonly asks: PollState['asks']
}

/** Records a person's yes or no to what they were shown, and takes the buttons away. An answer that is there already is told, never given twice. */
export async function answerOver(fleet: Fleet, given: AnswerOver): Promise<AnsweredOver> {
  const {answer, person: by, via, state} = given
  const {approval, state: before} = await findApproval(fleet, given.id)
  const {id, request} = approval
  const ask = Object.hasOwn(state.asks, id) ? state.asks[id] : undefined
  if (before.status !== 'waiting') {
    const words = await spokenOf(fleet, approval.answer)
    return closed(fleet, {given, id, words: words ?? `Not answered: ${before.reason ?? before.status}.`})
  }
  if (answer === 'yes' && !(await showRequest(fleet, approval)).isWhole) throw notWhole(id)
  const {at, next} = await answerApproval(fleet, {id, answer, by, via, hash: ask?.hash ?? request.hash})
  const words = await spokenOf(fleet, {answer, by, at})
  const then = next ? ` ${deedOf(request)} is done ${next.when}.` : ''
  return closed(fleet, {given, id, words: `${words ?? ''}${then}`})
}

function notWhole(id: string): UserError {
  return new UserError(`${id} can't be shown here whole, so a yes to it needs a terminal: mcos approve show ${id}`, {
    code: 'NOT_SHOWN',
    fix: `mcos approve yes ${id}`,
    exit: EXIT.refused,
  })
}

async function closed(
  fleet: Fleet,
  {given, id, words}: {given: AnswerOver; id: string; words: string},
): Promise<AnsweredOver> {
  const {[id]: ask, ...asks} = given.state.asks
  const {approval} = await findApproval(fleet, id)
  if (!ask || ask.message === null) return {text: words, replies: [], asks}
  const {text} = await showRequest(fleet, approval, words)
  return {text: words, replies: [{kind: 'edit', chat: ask.chat, message: ask.message, text}], asks}
}

async function spokenOf(
  fleet: Fleet,
  answer: Pick<ApprovalAnswer, 'answer' | 'by' | 'at'> | null,
): Promise<string | null> {
  return answer === null
    ? null
    : `${answer.answer === 'yes' ? 'Yes' : 'No'} by ${answer.by}, ${await moment(fleet, answer.at)}.`
}
