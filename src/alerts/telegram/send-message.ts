import {isRecord} from '../../kit/is-record.js'
import type {Bot} from './bot.js'
import {type BotCall, type BotFailure, callBot} from './call-bot.js'
import {fitMessage} from './message-text.js'

/** What stands on a button and what pressing it sends back. */
export interface Button {
  readonly text: string
  /** 1 to 64 bytes. */
  readonly data: string
}

export interface OutgoingMessage {
  readonly chat: string
  readonly text: string
  /** One row below the message. */
  readonly buttons?: readonly Button[]
}

type How = Pick<BotCall, 'signal' | 'timeoutMs' | 'begin'>

export type SentMessage = {readonly ok: true; readonly message: number | null; readonly chat: string} | BotFailure

/** Sends a plain text: no marks in it mean anything. Follows a group that has become a supergroup. */
export async function sendMessage(bot: Bot, message: OutgoingMessage, how: How): Promise<SentMessage> {
  const first = await post(bot, message, how)
  if (first.ok || first.newChat === null || first.newChat === message.chat) return first
  return post(bot, {...message, chat: first.newChat}, {...how, begin: () => true})
}

/** Puts another text in a message's place and takes its buttons away. */
export async function editMessage(
  bot: Bot,
  {chat, message, text}: {chat: string; message: number; text: string},
  how: How,
): Promise<BotFailure | {readonly ok: true}> {
  const params = {chat_id: chat, message_id: message, text: fitMessage(text), ...QUIET}
  return callBot(bot, {...how, method: 'editMessageText', params})
}

/** Ends the waiting at a button that was pressed, with a line that is shown for a moment. */
export async function answerButton(
  bot: Bot,
  {id, text}: {id: string; text: string},
  how: How,
): Promise<BotFailure | {readonly ok: true}> {
  const params = {callback_query_id: id, text: fitMessage(text, 200)}
  return callBot(bot, {...how, method: 'answerCallbackQuery', params})
}

/** Nobody's server is asked for a preview of what somebody has written. */
const QUIET = {link_preview_options: {is_disabled: true}} as const

async function post(bot: Bot, {chat, text, buttons}: OutgoingMessage, how: How): Promise<SentMessage> {
  const row = buttons?.map(({text: words, data}) => ({text: words, callback_data: data}))
  const keyboard = row ? {reply_markup: {inline_keyboard: [row]}} : {}
  const params = {chat_id: chat, text: fitMessage(text), ...QUIET, ...keyboard}
  const answer = await callBot(bot, {...how, method: 'sendMessage', params})
  if (!answer.ok) return answer
  const id = isRecord(answer.result) ? answer.result['message_id'] : null
  return {ok: true, message: typeof id === 'number' ? id : null, chat}
}
