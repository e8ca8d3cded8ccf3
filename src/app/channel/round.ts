import type {BotFailure} from '../../alerts/telegram/call-bot.js'
import {logChannel} from '../../alerts/telegram/channel-log.js'
import {type PollEnd, pollOnce} from '../../alerts/telegram/poll.js'
import {type PollState, readPollState, writePollState} from '../../alerts/telegram/poll-state.js'
import {sendReplies} from '../../alerts/telegram/send-replies.js'
import {isUserError, UserError} from '../../kit/errors.js'
import type {Lock} from '../../kit/lock.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {TelegramBot} from './telegram-bots.js'

export interface RoundOptions {
  readonly lock: Lock
  readonly signal: AbortSignal
  /** How long the server may wait for something to happen. */
  readonly waitS: number
  readonly timeoutMs: number
  /** The fleet as its files are now. */
  reopen(): Promise<Fleet>
  /** Told each line that goes into the channel's log. */
  hear?(text: string): void
}

export interface RoundEnd {
  readonly failure: BotFailure | null
  readonly isFull: boolean
  /** What a person should hear of, and has not heard before. */
  readonly news: string | null
}

/** One poll with all that follows from it: decisions, the offset, and then the answers. Nearly always nothing has come, and then nothing else is loaded. */
export async function pollRound(fleet: Fleet, target: TelegramBot, options: RoundOptions): Promise<RoundEnd> {
  const {mcos, clock} = fleet
  const {name, bot, channel, id} = target
  const {lock, signal, waitS, timeoutMs} = options
  const log = logInto(fleet, target, options)
  const before = readPollState(mcos, name, id)
  let now = fleet
  const end = await pollOnce(before, {
    bot,
    channel: name,
    mcos,
    clock,
    signal,
    waitS,
    timeoutMs,
    staging: lock.staging,
    log,
    people: async () => {
      if (!lock.isHeld()) throw lost(target)
      now = await options.reopen()
      return (await import('./identify.js')).identifyBy(now, name)
    },
    decide: async (update, person, state) => {
      const {decide} = await import('./decide.js')
      return decide(now, update, {person, chat: channel.chat, state, log})
    },
  })
  const news = keepTrouble(fleet, target, {end, before, lock})
  if (news !== null) log(news)
  if (!end.ok) return {failure: end, isFull: false, news}
  await sendReplies(bot, end.replies, {signal, timeoutMs, log})
  return {failure: null, isFull: end.isFull, news}
}

/** Each line with its time, in the channel's log. */
export function logInto(
  {mcos, clock}: Fleet,
  {name}: TelegramBot,
  {hear}: Pick<RoundOptions, 'hear'>,
): (text: string) => void {
  return (text) => {
    hear?.(text)
    try {
      logChannel(mcos, name, {at: new Date(clock.now()).toISOString(), text})
    } catch (error) {
      // A full disk: what is logged has still to be done, above all a stop.
      if (!isUserError(error)) throw error
    }
  }
}

/** What stays wrong until a person does something about it. */
const LASTING: Readonly<Record<string, string>> = {
  'bad-token': 'its token is wrong or was revoked: ask @BotFather for a new one',
  taken: 'somebody else polls this bot, or has set a webhook for it: one bot is for one machine of one fleet',
  forbidden: 'Telegram forbids it',
  refused: 'Telegram refuses it',
}

/** Tells a lasting trouble when it begins and when it is over, and nothing in between. */
function keepTrouble(
  {mcos, clock}: Fleet,
  {name}: TelegramBot,
  {end, before, lock}: {end: PollEnd; before: PollState; lock: Lock},
): string | null {
  if (end.ok) {
    if (end.state.trouble === null) return null
    writePollState(mcos, name, {...end.state, trouble: null}, lock.staging)
    return `channel ${name} is heard again`
  }
  const why = LASTING[end.kind]
  if (why === undefined || before.trouble?.kind === end.kind) return null
  const since = new Date(clock.now()).toISOString()
  const trouble = {kind: end.kind, detail: `${why} (${end.detail})`, since}
  writePollState(mcos, name, {...before, trouble}, lock.staging)
  return `channel ${name} is not heard: ${trouble.detail}`
}

function lost({name}: TelegramBot): UserError {
  return new UserError(`Another process has taken over listening to ${name}.`, {
    code: 'FENCED',
    fix: `mcos channel listen ${name}`,
  })
}
