import {parseButton} from '../../alerts/telegram/button.js'
import {parseCommand} from '../../alerts/telegram/command.js'
import type {Decided, Reply} from '../../alerts/telegram/poll.js'
import type {PollState} from '../../alerts/telegram/poll-state.js'
import type {ButtonUpdate, MessageUpdate} from '../../alerts/telegram/update.js'
import {isUserError} from '../../kit/errors.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {sameName} from '../../workspace/names.js'
import {statusOf} from '../status.js'
import {stopFleet} from '../stop.js'
import {answerOver} from './answer-over.js'
import {HELP, NO_RESUME, statusText, stopText} from './text.js'
import {waitingApprovals} from './waiting.js'

/** What is known of the chat that something came from. */
export interface ChatFacts {
  readonly person: string
  /** The channel's own chat. */
  readonly chat: string
  readonly state: PollState
  log(text: string): void
}

/** Carries out what a person says over a channel. It is durable before this answers, and a second time comes to the same. */
export async function decide(fleet: Fleet, update: MessageUpdate | ButtonUpdate, facts: ChatFacts): Promise<Decided> {
  try {
    return update.kind === 'button' ? await pressed(fleet, update, facts) : await said(fleet, update, facts)
  } catch (error) {
    // Whatever it was, the next update must get its turn: a stop may stand behind this one.
    const isOurs = !isUserError(error)
    const text = error instanceof Error ? error.message : String(error)
    facts.log(`${facts.person}: ${isOurs ? 'a bug of mcos: ' : ''}${text}`)
    return {replies: [isOurs ? tell(update, facts, 'That went wrong here; see the log.') : tell(update, facts, text)]}
  }
}

async function said(fleet: Fleet, update: MessageUpdate, facts: ChatFacts): Promise<Decided> {
  const {person, state, log} = facts
  const answer = (text: string): Decided => ({replies: [tell(update, facts, text)]})
  const command = update.isTyped ? parseCommand(update.text, state.username) : ({word: 'text'} as const)
  if (command === null) return {replies: []}
  // Whatever else there is to do comes after it.
  const stopped = command.word === 'stop' ? stop(fleet, command.agent, person) : ''
  if (command.word !== 'text') log(`${person} (telegram:${update.from}): /${command.word}`)
  switch (command.word) {
    case 'status': {
      const [report, waiting] = [await statusOf(fleet), await waitingApprovals(fleet)]
      return answer(await statusText(fleet, {report, waiting}))
    }
    case 'approve':
    case 'deny': {
      if (command.id === null) return answer(`Which one? /${command.word} ID; /status lists what waits.`)
      const word = command.word === 'approve' ? 'yes' : 'no'
      return answer(await answerOver(fleet, {...facts, id: command.id, answer: word, via: `telegram:${update.from}`}))
    }
    case 'stop':
      return answer(stopped)
    case 'resume':
      return answer(NO_RESUME)
    case 'help':
      return answer(HELP)
    case 'text':
      return answer(`That is no command.\n${HELP}`)
  }
}

/** In doubt about whom, everything: who stops may be in a hurry, and stopping too much harms less. */
function stop(fleet: Fleet, typed: string | null, person: string): string {
  const agent = typed === null ? null : (listAgents(fleet.home).find(({name}) => sameName(name, typed))?.name ?? null)
  const unknown =
    typed !== null && agent === null && !/^(all|everything|fleet)$/i.test(typed) ? shorten(cleanLine(typed), 40) : null
  return stopText(stopFleet(fleet, {agent, who: person, why: 'said over Telegram'}), unknown)
}

async function pressed(fleet: Fleet, update: ButtonUpdate, facts: ChatFacts): Promise<Decided> {
  const button = parseButton(update.data)
  const ask = button && Object.hasOwn(facts.state.asks, button.id) ? facts.state.asks[button.id] : undefined
  const isOurs = ask !== undefined && ask.nonce === button?.nonce && ask.chat === update.chat
  if (!button || !isOurs || (ask.message !== null && ask.message !== update.message)) {
    return {replies: [tell(update, facts, 'This button is void: what it asked is answered, or was asked anew.')]}
  }
  facts.log(`${facts.person} (telegram:${update.from}): presses ${button.answer} of ${button.id}`)
  const {id, answer} = button
  const text = await answerOver(fleet, {...facts, id, answer, via: `telegram:${update.from}`})
  // One that nobody saw arrive has arrived after all.
  const asks = {...facts.state.asks, [id]: {...ask, message: update.message}}
  return {replies: [tell(update, facts, text)], asks}
}

/** An answer goes to the channel's chat or the person's own, and to no other in which strangers may sit. */
function tell(update: MessageUpdate | ButtonUpdate, {chat}: ChatFacts, text: string): Reply {
  if (update.kind === 'button') return {kind: 'button', query: update.query, text}
  const isOpen = update.chat === chat || update.chat === update.from
  return {kind: 'say', chat: isOpen && update.chat !== null ? update.chat : chat, text}
}
