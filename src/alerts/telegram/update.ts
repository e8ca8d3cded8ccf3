import {isRecord} from '../../kit/is-record.js'

interface UpdateCommon {
  readonly id: number
  /** The number of the account that did it; null: no person's account, such as a bot, a channel or an anonymous admin. */
  readonly from: string | null
  readonly chat: string | null
}

/** Something that somebody wrote where the bot can read it. */
export interface MessageUpdate extends UpdateCommon {
  readonly kind: 'message'
  readonly text: string
  /** Whether the sender typed it: what is forwarded or made by another bot says nothing in their name. */
  readonly isTyped: boolean
}

/** A button below a message that was pressed. */
export interface ButtonUpdate extends UpdateCommon {
  readonly kind: 'button'
  /** What has to be answered, so that the button stops waiting. */
  readonly query: string
  readonly data: string
  readonly message: number | null
}

export type Update = MessageUpdate | ButtonUpdate | (UpdateCommon & {readonly kind: 'other'})

/** What getUpdates answered, in the order of its numbers; null when it is no list. What has no number can't be confirmed and is left out. */
export function parseUpdates(result: unknown): Update[] | null {
  if (!Array.isArray(result)) return null
  return result.flatMap((value) => parseUpdate(value) ?? []).sort((one, other) => one.id - other.id)
}

function parseUpdate(value: unknown): Update | null {
  if (!isRecord(value)) return null
  const id = value['update_id']
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) return null
  if (isRecord(value['callback_query'])) return parseButton(id, value['callback_query'])
  if (isRecord(value['message'])) return parseMessage(id, value['message'])
  return {id, kind: 'other', from: null, chat: null}
}

function parseButton(id: number, query: Readonly<Record<string, unknown>>): Update {
  const message = isRecord(query['message']) ? query['message'] : {}
  const {id: queryId, data} = query
  const common = {id, from: personIn(query['from']), chat: chatIn(message)}
  if (typeof queryId !== 'string' || typeof data !== 'string') return {...common, kind: 'other'}
  const number = message['message_id']
  return {...common, kind: 'button', query: queryId, data, message: typeof number === 'number' ? number : null}
}

function parseMessage(id: number, message: Readonly<Record<string, unknown>>): Update {
  // Written in the name of a chat: the account beside it is Telegram's own placeholder.
  const from = message['sender_chat'] === undefined ? personIn(message['from']) : null
  const common = {id, from, chat: chatIn(message)}
  const text = message['text']
  if (typeof text !== 'string') return {...common, kind: 'other'}
  return {...common, kind: 'message', text, isTyped: !NOT_TYPED.some((key) => message[key] !== undefined)}
}

const NOT_TYPED = ['forward_origin', 'forward_from', 'forward_sender_name', 'forward_date', 'via_bot'] as const

function personIn(value: unknown): string | null {
  return isRecord(value) && value['is_bot'] === false ? idIn(value) : null
}

function chatIn(message: Readonly<Record<string, unknown>>): string | null {
  return isRecord(message['chat']) ? idIn(message['chat']) : null
}

function idIn({id}: Readonly<Record<string, unknown>>): string | null {
  return typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : null
}
