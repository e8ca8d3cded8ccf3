import {pause} from '../../kit/pause.js'
import type {Bot} from './bot.js'
import type {BotFailure} from './call-bot.js'
import type {Reply} from './poll.js'
import {answerButton, sendMessage} from './send-message.js'

export interface ReplyOptions {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  log(text: string): void
}

/** What one poll may say in one chat: whoever sends a hundred commands gets no hundred answers. */
const MOST_IN_A_CHAT = 10
const LONGEST_WAIT_MS = 30_000

/** Tells people what was decided, each thing once. A reply that can't be sent is not repeated: what it speaks of is done. */
export async function sendReplies(bot: Bot, replies: readonly Reply[], options: ReplyOptions): Promise<void> {
  const said = new Map<string, number>()
  const done = new Set<string>()
  for (const reply of replies) {
    const key = JSON.stringify(reply)
    if (done.has(key)) continue
    done.add(key)
    if (reply.kind === 'say') {
      const count = (said.get(reply.chat) ?? 0) + 1
      said.set(reply.chat, count)
      if (count > MOST_IN_A_CHAT) continue
    }
    if (options.signal.aborted) return options.log('answers were left out: it was to end')
    await sendReply(bot, reply, options)
  }
}

async function sendReply(bot: Bot, reply: Reply, options: ReplyOptions): Promise<void> {
  const first = await post(bot, reply, options)
  if (first.ok) return
  const {kind, retryAfterMs} = first
  if (kind !== 'slow-down' || retryAfterMs === null || retryAfterMs > LONGEST_WAIT_MS) return tell(first, options)
  await pause(retryAfterMs, options.signal)
  const second = options.signal.aborted ? first : await post(bot, reply, options)
  if (!second.ok) tell(second, options)
}

function post(bot: Bot, reply: Reply, how: ReplyOptions): Promise<BotFailure | {readonly ok: true}> {
  if (reply.kind === 'say') return sendMessage(bot, reply, how)
  return answerButton(bot, {id: reply.query, text: reply.text}, how)
}

function tell({detail}: BotFailure, {log}: ReplyOptions): void {
  log(`an answer could not be given: ${detail}`)
}
