import {hasSpeakers} from '../../alerts/telegram/person.js'
import {readPollState} from '../../alerts/telegram/poll-state.js'
import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import {keepAlive} from '../../kit/keep-alive.js'
import {type Lock, tryLock} from '../../kit/lock.js'
import {pause} from '../../kit/pause.js'
import type {Fleet} from '../../workspace/fleet.js'
import {announce} from './announce.js'
import {logInto, pollRound, type RoundEnd} from './round.js'
import {botLock, openBots, type TelegramBot} from './telegram-bots.js'

export interface ListenRequest {
  /** The channel; null: the fleet's only one. */
  readonly name: string | null
  /** One short look instead of waiting for what comes. */
  readonly once: boolean
}

export interface ListenSite {
  readonly signal: AbortSignal
  /** The fleet as its files are now. */
  reopen(): Promise<Fleet>
  /** Told each line as it happens. */
  hear(text: string): void
}

/** What listening came to; the keys are a promise to programs. */
export interface ListenEnd {
  readonly channel: string
  readonly rounds: number
  /** Each line of the channel's log that came up. */
  readonly lines: readonly string[]
}

/** So long Telegram may hold a question open; under the lock's lease, and what proxies suffer. */
const WAIT_S = 25
const TIMEOUT_MS = 10_000
const LONGEST_PAUSE_MS = 60_000

/** Hears one channel until it is told to end, or once. While it does, heartbeats leave the bot to it. */
export async function listenToChannel(fleet: Fleet, request: ListenRequest, site: ListenSite): Promise<ListenEnd> {
  const target = chooseBot(fleet, request.name)
  const taken = tryLock(fleet.mcos, botLock(target), {clock: fleet.clock})
  if (!('lock' in taken)) throw heardAlready(target, taken.holder.pid)
  const stopRenewing = keepAlive(taken.lock)
  const lines: string[] = []
  const hear = (text: string): void => {
    // A listener runs for months; only what fits an answer is kept beside the log.
    if (lines.length < 1_000) lines.push(text)
    site.hear(text)
  }
  try {
    const rounds = await keepListening(fleet, target, {...site, hear, lock: taken.lock, once: request.once})
    return {channel: target.name, rounds, lines}
  } finally {
    stopRenewing()
    taken.lock.release()
  }
}

async function keepListening(
  fleet: Fleet,
  target: TelegramBot,
  {lock, once, ...site}: ListenSite & {readonly lock: Lock; readonly once: boolean},
): Promise<number> {
  const {signal} = site
  let failures = 0
  for (let rounds = 1; ; rounds++) {
    await askFirst(target, {...site, lock})
    const how = {...site, lock, waitS: once ? 0 : WAIT_S, timeoutMs: TIMEOUT_MS}
    const end = await pollRound(fleet, target, how)
    insistOnHeard(end, {...target, once})
    if (once && !end.isFull) await askFirst(target, {...site, lock})
    if (signal.aborted || (once && !end.isFull)) return rounds
    failures = end.failure === null ? 0 : failures + 1
    if (failures === 1) logInto(fleet, target, site)(`no answer, and asked again: ${end.failure?.detail ?? ''}`)
    if (end.failure) await pause(pauseMs(end.failure.retryAfterMs, failures), signal)
    if (signal.aborted) return rounds
  }
}

/** Asks what came up since the last round, and closes what was answered; a fleet that can't be read for the moment does neither. */
async function askFirst(target: TelegramBot, {lock, signal, reopen, hear}: ListenSite & {lock: Lock}): Promise<void> {
  try {
    const fleet = await reopen()
    const log = logInto(fleet, target, {hear})
    const state = readPollState(fleet.mcos, target.name, target.id)
    await announce(fleet, target, {state, signal, timeoutMs: TIMEOUT_MS, staging: lock.staging, log})
  } catch (error) {
    if (!isUserError(error) || error.code === 'FENCED') throw error
    hear(error.message)
  }
}

function pauseMs(retryAfterMs: number | null, failures: number): number {
  return Math.max(retryAfterMs ?? 0, Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE_MS))
}

/** What another try would not mend: somebody else has the bot, or the token is no good. */
function insistOnHeard({failure}: RoundEnd, {name, once}: Pick<TelegramBot, 'name'> & {readonly once: boolean}): void {
  if (failure?.kind === 'taken') {
    throw new UserError(`Somebody else listens to the bot of ${name}: ${failure.detail}`, {
      code: 'TAKEN',
      fix: [
        'Stop the other one: another machine, another fleet, or another tool with the same token.',
        'If it has a webhook: call deleteWebhook of the Bot API, or make a bot of its own for mcos with @BotFather.',
      ],
      exit: EXIT.waiting,
    })
  }
  if (once && failure && failure.kind !== 'bad-token' && failure.kind !== 'ended') {
    throw new UserError(`${name} could not be heard: ${failure.detail}`, {code: 'UNREACHABLE', fix: 'mcos doctor'})
  }
  if (failure?.kind !== 'bad-token' && failure?.kind !== 'forbidden') return
  throw new UserError(`Telegram does not know the token of ${name}: ${failure.detail}`, {
    code: 'BAD_TOKEN',
    fix: 'Ask @BotFather for the token again (/mybots), and put it where mcos.yaml points.',
  })
}

/** The channel of that name, or the only one, with somebody who may speak over it. */
function chooseBot(fleet: Fleet, name: string | null): TelegramBot {
  const {channels, people} = fleet.home.config
  const names = Object.keys(channels).filter((one) => channels[one]?.kind === 'telegram')
  const [only] = names
  const wanted = name ?? (names.length === 1 ? only : undefined)
  if (wanted === undefined || !names.includes(wanted)) throw noSuch(fleet, name, names)
  if (!hasSpeakers(people)) {
    throw new UserError(
      'Nobody may speak to this fleet over Telegram: no person of mcos.yaml has telegram:ID in via.',
      {
        code: 'NOBODY',
        fix: 'Name a person: people: { ada: { approves: [all], via: [terminal, "telegram:123456"] } } and: mcos commit mcos.yaml',
        exit: EXIT.usage,
      },
    )
  }
  const {open, closed} = openBots(fleet)
  const trouble = closed.find((bot) => bot.name === wanted)?.trouble
  if (trouble !== undefined) {
    throw new UserError(`${wanted} can't be heard: ${trouble}`, {code: 'CLOSED', fix: 'mcos doctor', exit: EXIT.usage})
  }
  const found = open.find((bot) => bot.name === wanted)
  if (found) return found
  throw new UserError(`${wanted} has the same bot as another channel, which is the one to listen to.`, {
    code: 'SAME_BOT',
    fix: open.map((bot) => `mcos channel listen ${bot.name}`),
    exit: EXIT.usage,
  })
}

function noSuch({home}: Fleet, name: string | null, names: readonly string[]): UserError {
  return new UserError(whyNot(home.config.channels, name, names), {
    code: 'NO_CHANNEL',
    fix:
      names.length === 0
        ? 'Add one: channels: { phone: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "123456" } }'
        : names.map((one) => `mcos channel listen ${one}`),
    exit: EXIT.usage,
  })
}

function whyNot(channels: Fleet['home']['config']['channels'], name: string | null, names: readonly string[]): string {
  if (name === null) {
    const which = names.length === 0 ? 'mcos.yaml has no channel of kind telegram' : `There are: ${names.join(', ')}`
    return `Which channel? ${which}.`
  }
  if (!Object.hasOwn(channels, name)) return `mcos.yaml names no channel ${name}.`
  return `${name} is a ${channels[name]?.kind ?? ''}; only telegram channels can be listened to.`
}

function heardAlready({name}: TelegramBot, pid: number): UserError {
  return new UserError(`Process ${pid} of this machine listens to ${name} already.`, {
    code: 'BUSY',
    fix: `Let it, or end it first: kill ${pid}`,
    exit: EXIT.waiting,
  })
}
