import type {Clock} from '../../kit/clock.js'
import type {Folder, Staging} from '../../kit/folder.js'
import {isRecord} from '../../kit/is-record.js'
import type {Bot} from './bot.js'
import {type BotFailure, callBot} from './call-bot.js'
import {dealtWith, isDealtWith, offsetNow, type PollState, writePollState} from './poll-state.js'
import {type ButtonUpdate, type MessageUpdate, parseUpdates, type Update} from './update.js'

/** What is told in answer, once the decision it speaks of is kept. */
export type Reply =
  | {readonly kind: 'say'; readonly chat: string; readonly text: string}
  | {readonly kind: 'button'; readonly query: string; readonly text: string}

/** What a decision came to: what is told, and what was learned of questions that are open. */
export interface Decided {
  readonly replies: readonly Reply[]
  readonly asks?: PollState['asks']
}

/** Whose account this is, or why it is nobody's, for the log. */
export type Identify = (account: string) => {readonly person: string} | {readonly stranger: string}

export interface PollOptions {
  readonly bot: Bot
  readonly channel: string
  readonly mcos: Folder
  readonly clock: Clock
  readonly signal: AbortSignal
  /** How long the server may wait for something to happen; 0: answers at once. */
  readonly waitS: number
  readonly timeoutMs: number
  /** Of the bot's lock: who has lost it writes nothing any more. */
  readonly staging: Staging
  /** Who these accounts are; asked anew for each batch, so that who was taken out of mcos.yaml is out. */
  people(): Promise<Identify>
  /** Carries out what a person wants, durably, before it answers; doing it again must come to the same. */
  decide(update: MessageUpdate | ButtonUpdate, person: string, state: PollState): Promise<Decided>
  log(text: string): void
}

export type PollEnd =
  | {
      readonly ok: true
      readonly state: PollState
      readonly replies: readonly Reply[]
      /** Whether there may be more at once. */
      readonly isFull: boolean
    }
  | BotFailure

const NOTHING: Decided = {replies: []}
const NOBODY = {stranger: 'a sender without an account of their own'}
const LIMIT = 100
const HOUR_MS = 3_600_000

/**
 * Asks once what has come and deals with it. Each decision is kept before the offset moves past its update, so that a
 * poller that is killed in between leaves an update that comes again, never one that is lost.
 */
export async function pollOnce(before: PollState, options: PollOptions): Promise<PollEnd> {
  const {bot, clock, signal, waitS, timeoutMs} = options
  const named = before.username === null ? await askName(before, options) : before
  const offset = offsetNow(named, clock.now())
  const params = {
    ...(offset === null ? {} : {offset}),
    limit: LIMIT,
    timeout: waitS,
    allowed_updates: ['message', 'callback_query'],
  }
  const answer = await callBot(bot, {method: 'getUpdates', params, signal, timeoutMs: timeoutMs + waitS * 1000})
  if (!answer.ok) return answer
  const updates = parseUpdates(answer.result)
  if (updates === null) return {...NO_LIST, detail: 'its answer is no list of updates'}
  return dealWith(updates, named, options)
}

const NO_LIST: BotFailure = {ok: false, kind: 'down', detail: '', retryAfterMs: null, newChat: null}

async function dealWith(updates: readonly Update[], before: PollState, options: PollOptions): Promise<PollEnd> {
  const {clock, signal, mcos, channel, staging} = options
  const fresh = updates.filter(({id}) => !isDealtWith(before, id, clock.now()))
  const replies: Reply[] = []
  const strangers: string[] = []
  let state = before
  const identify = fresh.length === 0 ? null : await options.people()
  for (const update of fresh) {
    // What is left comes again: nobody waits for a poller that was told to end.
    if (signal.aborted) break
    const sender = update.from === null || !identify ? NOBODY : identify(update.from)
    const isAsked = 'person' in sender && update.kind !== 'other'
    if ('stranger' in sender) strangers.push(`${sender.stranger} in chat ${update.chat ?? 'unknown'}`)
    const {replies: told, asks = state.asks} = isAsked ? await options.decide(update, sender.person, state) : NOTHING
    replies.push(...told)
    state = dealtWith({...state, asks}, update.id, clock.now())
    if (isAsked) writePollState(mcos, channel, state, staging)
  }
  state = tellStrangers(state, strangers, options)
  if (state !== before) writePollState(mcos, channel, state, staging)
  return {ok: true, state, replies, isFull: updates.length >= LIMIT}
}

/** A bot can be written to by anybody: who isn't known gets no answer, and a line an hour however often they write. */
function tellStrangers(state: PollState, strangers: readonly string[], {clock, log}: PollOptions): PollState {
  const [first] = strangers
  const told = state.strangersToldAt === null ? 0 : Date.parse(state.strangersToldAt)
  if (first === undefined || Math.abs(clock.now() - told) < HOUR_MS) return state
  log(`not answered: ${first}${strangers.length === 1 ? '' : `, and ${strangers.length - 1} more messages like it`}`)
  return {...state, strangersToldAt: new Date(clock.now()).toISOString()}
}

/** What the bot is called, by which commands in groups are addressed; whoever doesn't say is asked again next time. */
async function askName(state: PollState, {bot, signal, timeoutMs}: PollOptions): Promise<PollState> {
  const answer = await callBot(bot, {method: 'getMe', signal, timeoutMs})
  const name = answer.ok && isRecord(answer.result) ? answer.result['username'] : null
  return typeof name === 'string' ? {...state, username: name} : state
}
