import {isRecord} from '../../kit/is-record.js'
import {CLASSES} from '../verdict.js'
import type {MailRecord} from './record.js'

/** A word for what a value has to be, and whether it is. */
interface Shape {
  readonly words: string
  fits(value: unknown): boolean
}

type Keys = Readonly<Record<string, Shape>>

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

const text: Shape = {words: 'a text', fits: (value) => typeof value === 'string'}
const word: Shape = {words: 'a word', fits: (value) => typeof value === 'string' && value !== ''}
const time: Shape = {words: 'a time such as 2026-11-21T08:30:00.000Z', fits: isTime}
const amount: Shape = {
  words: 'a whole number from 0',
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
}
const share: Shape = {
  words: 'a number from 0 to 1',
  fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
}
const mailId = matching('an id such as m_0123456789ab', /^m_[0-9a-z]{12}$/)
const threadId = matching('an id such as c_0123456789ab', /^c_[0-9a-z]{12}$/)
const ref: Shape = {
  words: '{folder, key}',
  fits: (value) => isRecord(value) && hasAll(value, {folder: text, key: text}),
}
const wish: Shape = {words: 'an action', fits: isWish}
const attachment: Shape = {
  words: '{name, type, size}',
  fits: (value) => isRecord(value) && hasAll(value, {name: text, type: text, size: orNull(amount)}),
}

const common: Keys = {at: time, turn: text}
const judged: Keys = {class: oneOf(CLASSES), urgency: oneOf([0, 1, 2, 3])}

const SHAPES: Readonly<Record<MailRecord['kind'], Keys>> = {
  mail: {
    ...common,
    ...judged,
    account: word,
    id: mailId,
    message_id: orNull(text),
    thread: threadId,
    ref,
    received: time,
    from: text,
    from_name: text,
    to: listOf(text),
    subject: text,
    confidence: share,
    reason: text,
    by: oneOf(['rule', 'model', 'operator']),
    sources: listOf(text),
    marks: listOf(text),
    attachments: listOf(attachment),
    actions: listOf(wish),
    tell: orAbsent(listOf(word)),
  },
  moved: {...common, id: mailId, ref},
  action: {
    ...common,
    id: mailId,
    n: amount,
    wish,
    state: oneOf(['done', 'already', 'failed', 'refused', 'undone']),
    ref: orAbsent(ref),
    why: orAbsent(text),
  },
  escalated: {
    ...common,
    thread: threadId,
    ids: listOf(mailId),
    urgency: oneOf([0, 1, 2, 3]),
    state: oneOf(['urgent', 'over']),
    to: word,
    as: word,
  },
  digest: {...common, to: word, account: word, slot: time, as: word},
  account: {
    ...common,
    account: word,
    state: oneOf(['first', 'failing', 'back', 'reset']),
    since: time,
    detail: text,
    left: orAbsent(amount),
    as: orAbsent(word),
  },
  corrected: {...common, ...judged, id: mailId, by: word},
}

const ENTRIES = new Map(Object.entries(SHAPES).map(([kind, keys]) => [kind, Object.entries(keys)]))

/** What is expected and isn't there, such as `"at" to be a time`; null: the value is a record. */
export function faultOf(value: unknown): string | null {
  if (!isRecord(value)) return 'a JSON object'
  const keys = typeof value['kind'] === 'string' ? ENTRIES.get(value['kind']) : undefined
  if (!keys) return `"kind" to be one of ${[...ENTRIES.keys()].join(', ')}`
  for (const [key, shape] of keys) {
    if (!shape.fits(value[key])) return `"${key}" to be ${shape.words}`
  }
  return null
}

/** The records of one turn have the same time, hundreds of them. */
let lastTime = ''

function isTime(value: unknown): boolean {
  if (value === lastTime) return true
  if (typeof value !== 'string' || !ISO.test(value) || Number.isNaN(Date.parse(value))) return false
  lastTime = value
  return true
}

function isWish(value: unknown): boolean {
  if (!isRecord(value)) return false
  switch (value['kind']) {
    case 'flag':
    case 'archive':
    case 'mark-read':
      return true
    case 'label':
      return text.fits(value['label'])
    case 'move':
      return text.fits(value['to'])
    case 'draft':
      return text.fits(value['text'])
    default:
      return false
  }
}

function hasAll(value: Readonly<Record<string, unknown>>, keys: Keys): boolean {
  return Object.entries(keys).every(([key, shape]) => shape.fits(value[key]))
}

function oneOf(choices: readonly unknown[]): Shape {
  return {words: `one of ${choices.join(', ')}`, fits: (value) => choices.includes(value)}
}

function matching(words: string, pattern: RegExp): Shape {
  return {words, fits: (value) => typeof value === 'string' && pattern.test(value)}
}

function listOf({words, fits}: Shape): Shape {
  return {words: `a list, each ${words}`, fits: (value) => Array.isArray(value) && value.every(fits)}
}

function orNull({words, fits}: Shape): Shape {
  return {words: `${words} or null`, fits: (value) => value === null || fits(value)}
}

function orAbsent({words, fits}: Shape): Shape {
  return {words: `${words}, or absent`, fits: (value) => value === undefined || fits(value)}
}
