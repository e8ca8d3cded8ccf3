import {pause} from '../../kit/pause.js'
import type {Channel} from '../../workspace/config.js'
import type {Delivery, Page, SendOptions} from '../delivery.js'
import {openBot} from './bot.js'
import {type SentMessage, sendMessage} from './send-message.js'

export type TelegramChannel = Extract<Channel, {kind: 'telegram'}>

/** So long a beat waits when the server asks it to. */
const LONGEST_WAIT_MS = 5_000

/**
 * Sends a page as a message. Telegram knows no keys by which it could tell a repetition, so what was begun and whose
 * answer was not seen is `unknown`, and is not sent again; what the server refused, or never got, is.
 */
export async function sendTelegramPage(channel: TelegramChannel, page: Page, options: SendOptions): Promise<Delivery> {
  const {signal, timeoutMs = 10_000, retryAfterMs = 1_000} = options
  const bot = openBot({...channel, token: (await options.secret(channel.token)).trim()})
  const message = {chat: channel.chat, text: `${page.title}\n\n${page.text}\n\n${page.fleet} ${page.at}`}
  let isBegun = false
  const begin = (): boolean => {
    isBegun ||= options.begin?.() ?? true
    return isBegun
  }
  const first = await sendMessage(bot, message, {signal, timeoutMs, begin})
  const waitMs = waitBefore(first, retryAfterMs)
  if (waitMs === null || signal.aborted) return judge(first, channel.chat)
  await pause(waitMs, signal)
  if (signal.aborted) return judge(first, channel.chat)
  return judge(await sendMessage(bot, message, {signal, timeoutMs, begin}), channel.chat)
}

function waitBefore(answer: SentMessage, otherwiseMs: number): number | null {
  if (answer.ok || !['slow-down', 'down', 'unreachable'].includes(answer.kind)) return null
  const waitMs = answer.retryAfterMs ?? otherwiseMs
  return waitMs <= LONGEST_WAIT_MS ? waitMs : null
}

function judge(answer: SentMessage, chat: string): Delivery {
  if (answer.ok) {
    const moved = answer.chat === chat ? '' : `; the chat is ${answer.chat} now: say so in mcos.yaml`
    return {outcome: 'sent', detail: `Telegram took it${moved}`}
  }
  switch (answer.kind) {
    case 'not-begun':
      return {outcome: 'unknown', detail: answer.detail}
    case 'unseen':
      return {outcome: 'unknown', detail: `it was handed over, and its end was not seen: ${answer.detail}`}
    case 'slow-down': {
      const wait = answer.retryAfterMs === null ? '' : ` (for ${answer.retryAfterMs / 1000} s)`
      return {outcome: 'failed', detail: `${answer.detail}${wait}`}
    }
    case 'bad-token':
      return {outcome: 'failed', detail: `${answer.detail}: the token is wrong or was revoked`}
    default:
      return {outcome: 'failed', detail: answer.detail}
  }
}
