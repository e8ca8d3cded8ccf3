import {isUserError} from '../../kit/errors.js'
import type {Folder, Staging} from '../../kit/folder.js'
import {isRecord} from '../../kit/is-record.js'

/** A request that was put before people with buttons, and what those buttons have to say. */
export interface Ask {
  readonly nonce: string
  /** Of the request as it was shown. */
  readonly hash: string
  readonly chat: string
  /** null: it was sent off, and nobody saw it arrive. */
  readonly message: number | null
  readonly at: string
}

/** What keeps a bot from being polled, said once when it begins. */
export interface PollTrouble {
  readonly kind: string
  readonly detail: string
  readonly since: string
}

/** What this machine remembers of a channel, in `.mcos/telegram/<channel>.json`; who writes it holds the bot's lock. */
export interface PollState {
  /** The bot's number: another bot counts its updates otherwise. */
  readonly bot: string
  readonly username: string | null
  /** The first update that was not dealt with; null: whatever the server has. */
  readonly offset: number | null
  /** When an update last came. */
  readonly cameAt: string | null
  /** The newest that were dealt with. */
  readonly seen: readonly number[]
  readonly strangersToldAt: string | null
  readonly trouble: PollTrouble | null
  /** By the request's id. */
  readonly asks: Readonly<Record<string, Ask>>
}

const MOST_SEEN = 300
/** After a quiet week Telegram goes on with any number, so an old offset would confirm what nobody has read. */
const OFFSET_DAYS = 6
const DAY_MS = 86_400_000

/** The state of a bot's channel. One that is lost or damaged is a new one: Telegram keeps what was not confirmed, and old buttons are void. */
export function readPollState(mcos: Folder, channel: string, bot: string): PollState {
  const fresh: PollState = {
    bot,
    username: null,
    offset: null,
    cameAt: null,
    seen: [],
    strangersToldAt: null,
    trouble: null,
    asks: {},
  }
  const found = readJson(mcos, pollStatePath(channel))
  return isPollState(found) && found.bot === bot ? {...fresh, ...found} : fresh
}

/** What keeps a channel from being heard, as the last poll found it. */
export function troubleOf(mcos: Folder, channel: string): PollTrouble | null {
  const found = readJson(mcos, pollStatePath(channel))
  return isPollState(found) ? (found.trouble ?? null) : null
}

/** Durable before it returns: what was dealt with is never dealt with again. */
export function writePollState(mcos: Folder, channel: string, state: PollState, staging?: Staging): void {
  const options = {mode: 0o600, ...(staging ? {staging} : {})}
  mcos.write(pollStatePath(channel), `${JSON.stringify(state, null, 2)}\n`, options)
}

/** Relative to `.mcos/`; what mcos.yaml may call a channel may also be a file's name. */
export function pollStatePath(channel: string): string {
  return `telegram/${channel}.json`
}

/** Where to go on; nothing after so long that the numbers may have begun anew. */
export function offsetNow({offset, cameAt}: PollState, now: number): number | null {
  const isOld = cameAt === null || now - Date.parse(cameAt) > OFFSET_DAYS * DAY_MS
  return isOld ? null : offset
}

export function isDealtWith(state: PollState, id: number, now: number): boolean {
  return state.seen.includes(id) || id < (offsetNow(state, now) ?? 0)
}

/** The state once this update is dealt with. */
export function dealtWith(state: PollState, id: number, now: number): PollState {
  const seen = [...state.seen.filter((one) => one !== id), id].slice(-MOST_SEEN)
  return {...state, seen, offset: id + 1, cameAt: new Date(now).toISOString()}
}

function isPollState(value: unknown): value is PollState {
  if (!isRecord(value)) return false
  const {bot, offset, seen, asks} = value
  return (
    typeof bot === 'string' &&
    (offset === null || typeof offset === 'number') &&
    Array.isArray(seen) &&
    isRecord(asks) &&
    Object.values(asks).every((ask) => isRecord(ask) && typeof ask['nonce'] === 'string')
  )
}

function readJson(mcos: Folder, path: string): unknown {
  try {
    return JSON.parse(mcos.readText(path) ?? 'null')
  } catch (error) {
    // Writes are atomic, so this was edited or damaged by someone else; a link or folder in its place fails the write.
    if (error instanceof SyntaxError || isUserError(error)) return null
    throw error
  }
}
