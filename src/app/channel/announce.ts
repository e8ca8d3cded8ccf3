import {formatButton, newNonce} from '../../alerts/telegram/button.js'
import {type Ask, type PollState, writePollState} from '../../alerts/telegram/poll-state.js'
import {editMessage, sendMessage} from '../../alerts/telegram/send-message.js'
import {approversOf} from '../../guard/approvals/domains.js'
import type {FoundApproval} from '../../guard/approvals/read-approvals.js'
import {readStop} from '../../guard/stop.js'
import {isUserError} from '../../kit/errors.js'
import type {Staging} from '../../kit/folder.js'
import type {Fleet} from '../../workspace/fleet.js'
import {findApproval} from '../approvals/find.js'
import {showRequest} from './ask-text.js'
import type {TelegramBot} from './telegram-bots.js'
import {moment} from './text.js'
import {waitingApprovals} from './waiting.js'

export interface AnnounceOptions {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly staging: Staging
  log(text: string): void
}

/** A chat takes some twenty messages a minute; what is left is asked next time. */
const MOST_AT_ONCE = 10

/**
 * Puts requests that wait before people, each once and with buttons of its own, and takes the buttons off those that
 * were answered elsewhere. While the fleet is stopped it says nothing unasked.
 */
export async function announce(
  fleet: Fleet,
  target: TelegramBot,
  {state: before, ...options}: AnnounceOptions & {readonly state: PollState},
): Promise<PollState> {
  if (readStop(fleet.mcos, null)) return before
  const waiting = await waitingApprovals(fleet)
  let state = before
  for (const [id, ask] of Object.entries(before.asks)) {
    if (waiting.some((approval) => approval.id === id && approval.request.hash === ask.hash)) continue
    state = await withdraw(fleet, target, {id, ask, state, ...options})
  }
  const open = waiting.filter(({id, request}) => !Object.hasOwn(state.asks, id) && isAnswerable(fleet, request.verb))
  for (const approval of open.slice(0, MOST_AT_ONCE)) {
    if (options.signal.aborted) break
    state = await ask(fleet, target, {approval, state, ...options})
  }
  return state
}

/** Where nobody could answer here, nobody is asked here. */
function isAnswerable({home}: Fleet, verb: string): boolean {
  return approversOf(home.config.people, verb).some(({via}) => via.some((way) => way.startsWith('telegram:')))
}

async function ask(
  fleet: Fleet,
  {bot, channel, name}: TelegramBot,
  {approval, state, signal, timeoutMs, staging, log}: AnnounceOptions & {approval: FoundApproval; state: PollState},
): Promise<PollState> {
  const {id, request} = approval
  const nonce = newNonce()
  const {text, isWhole} = await showRequest(fleet, approval)
  const at = new Date(fleet.clock.now()).toISOString()
  const made: Ask = {nonce, hash: request.hash, chat: channel.chat, message: null, at}
  const asked = {...state, asks: {...state.asks, [id]: made}}
  const buttons = [
    ...(isWhole ? [{text: 'Yes', data: formatButton({answer: 'yes', id, nonce})}] : []),
    {text: 'No', data: formatButton({answer: 'no', id, nonce})},
  ]
  // Written in the moment before it is sent: killed after that, its buttons count if it arrived, and it is not asked twice.
  const begin = (): boolean => {
    writePollState(fleet.mcos, name, asked, staging)
    return true
  }
  const sent = await sendMessage(bot, {chat: channel.chat, text, buttons}, {signal, timeoutMs, begin})
  if (!sent.ok && sent.kind !== 'unseen') {
    log(`${id} could not be asked: ${sent.detail}`)
    writePollState(fleet.mcos, name, state, staging)
    return state
  }
  const message = sent.ok ? sent.message : null
  const chat = sent.ok ? sent.chat : channel.chat
  const after = {...state, asks: {...state.asks, [id]: {...made, message, chat}}}
  writePollState(fleet.mcos, name, after, staging)
  return after
}

async function withdraw(
  fleet: Fleet,
  {bot, name}: TelegramBot,
  {id, ask: old, state, signal, timeoutMs, staging, log}: AnnounceOptions & {id: string; ask: Ask; state: PollState},
): Promise<PollState> {
  const {[id]: _, ...asks} = state.asks
  const after = {...state, asks}
  if (old.message !== null) {
    const text = await closingText(fleet, id)
    const edited = await editMessage(bot, {chat: old.chat, message: old.message, text}, {signal, timeoutMs})
    // Changed by a look that was killed, or taken away by somebody: as good as done.
    const isOver = edited.ok || edited.kind === 'refused' || edited.kind === 'forbidden'
    if (!edited.ok && !edited.detail.includes('not modified')) log(`the buttons of ${id} stay: ${edited.detail}`)
    if (!isOver) return state
  }
  writePollState(fleet.mcos, name, after, staging)
  return after
}

async function closingText(fleet: Fleet, id: string): Promise<string> {
  try {
    const {approval, state} = await findApproval(fleet, id)
    const {answer} = approval
    const words = answer
      ? `${answer.answer === 'yes' ? 'Yes' : 'No'} by ${answer.by} (${answer.via}), ${await moment(fleet, answer.at)}.`
      : `Closed: ${state.reason ?? 'it was changed since, and is asked anew'}.`
    return (await showRequest(fleet, approval, words)).text
  } catch (error) {
    // Taken back with its turn, or damaged: its buttons mean nothing any more either way.
    if (isUserError(error)) return `${id} is closed: ${error.message}`
    throw error
  }
}
