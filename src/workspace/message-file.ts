import {unreadable} from '../kit/errors.js'
import {isUlid} from '../kit/ids.js'
import {isAgentName} from './names.js'

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

export type Priority = (typeof PRIORITIES)[number]

/** One message between agents, or from a person. */
export interface Message {
  readonly id: string
  readonly from: string
  readonly to: string
  /** ISO time. */
  readonly at: string
  readonly subject: string
  readonly priority: Priority
  /** The id it answers. */
  readonly re: string | null
  /** Who has passed the matter on before, oldest first. */
  readonly trace: readonly string[]
  readonly hops: number
  /** ISO time. */
  readonly expires: string | null
  /** Where its text came from when not from its sender: text that informs and never instructs. */
  readonly taint: string | null
  /** Ed25519 over everything but this line, base64. */
  readonly sig: string | null
  readonly body: string
}

const REQUIRED = ['id', 'from', 'to', 'at', 'subject', 'priority', 'hops'] as const
const KEYS: readonly string[] = [...REQUIRED, 're', 'trace', 'expires', 'taint', 'sig']
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/
/** What JSON leaves as it is and a terminal, an editor or YAML would not: escaped, so that `cat` shows it. */
const UNSEEN = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The file's text; the header is one `key: value` a line, which is YAML that needs no YAML library to be read. */
export function formatMessage(message: Message): string {
  const head = [
    `id: ${message.id}`,
    `from: ${message.from}`,
    `to: ${message.to}`,
    `at: ${message.at}`,
    `subject: ${quote(message.subject)}`,
    `priority: ${message.priority}`,
    message.re === null ? null : `re: ${message.re}`,
    message.trace.length > 0 ? `trace: [${message.trace.join(', ')}]` : null,
    `hops: ${message.hops}`,
    message.expires === null ? null : `expires: ${message.expires}`,
    message.taint === null ? null : `taint: ${quote(message.taint)}`,
    message.sig === null ? null : `sig: ${message.sig}`,
  ].filter((line) => line !== null)
  return `---\n${head.join('\n')}\n---\n${message.body}\n`
}

/** Reads exactly what `formatMessage` writes; anything else is an error with its line, for the message may be signed. */
export function parseMessage(text: string, file: string): Message {
  const {lines, body} = splitMessage(text, file)
  const fields = new Map<string, Field>()
  lines.forEach((source, index) => {
    const place = {file, line: index + 2}
    const match = /^([a-z_]+): (.+)$/.exec(source)
    if (!match) throw badMessage(place, '"key: value"', source)
    const [, key = '', value = ''] = match
    if (!KEYS.includes(key)) throw badMessage(place, `one of ${KEYS.join(', ')}`, key)
    if (fields.has(key)) throw badMessage(place, `"${key}" once`, `${key} a second time`)
    fields.set(key, {value, place})
  })
  const end = {file, line: lines.length + 2}
  const read = <T>(key: string, parse: (field: Field) => T): T | null => {
    const field = fields.get(key)
    return field ? parse(field) : null
  }
  const need = <T>(key: (typeof REQUIRED)[number], parse: (field: Field) => T): T => {
    const field = fields.get(key)
    if (!field) throw badMessage(end, `a line "${key}: …" above`, 'none')
    return parse(field)
  }
  return {
    id: need('id', parseId),
    from: need('from', parseName),
    to: need('to', parseName),
    at: need('at', parseTime),
    subject: need('subject', parseQuoted),
    priority: need('priority', parsePriority),
    re: read('re', parseId),
    trace: read('trace', parseTrace) ?? [],
    hops: need('hops', parseHops),
    expires: read('expires', parseTime),
    taint: read('taint', parseQuoted),
    sig: read('sig', parseSignature),
    body,
  }
}

/** What the signature covers: the text without the `sig:` line of its header. A `sig:` in the body is just text. */
export function signedBytes(text: string): string {
  const end = text.indexOf('\n---\n')
  if (end < 0) return text
  return text.slice(0, end + 1).replace(/^sig: .*\n/m, '') + text.slice(end + 1)
}

interface Field {
  readonly value: string
  readonly place: {readonly file: string; readonly line: number}
}

function splitMessage(text: string, file: string): {lines: string[]; body: string} {
  if (!text.startsWith('---\n')) throw badMessage({file, line: 1}, '"---"', text.split('\n', 1)[0] ?? '')
  const end = text.indexOf('\n---\n', 3)
  if (end < 0) throw badMessage({file, line: text.split('\n').length}, 'a line "---" after the header', 'the end')
  // A body always ends with its newline, also an empty one: without it, the rest was cut off.
  if (text.length <= end + 5 || !text.endsWith('\n')) {
    throw badMessage({file, line: text.split('\n').length}, 'a last newline', 'a cut-off line')
  }
  return {lines: text.slice(4, end).split('\n'), body: text.slice(end + 5, -1)}
}

function parseId({value, place}: Field): string {
  if (isUlid(value)) return value
  throw badMessage(place, 'an id of 26 letters and digits', value)
}

function parseName({value, place}: Field): string {
  if (isAgentName(value)) return value
  throw badMessage(place, 'the name of an agent or a person', value)
}

function parseTime({value, place}: Field): string {
  if (TIME.test(value) && !Number.isNaN(Date.parse(value))) return value
  throw badMessage(place, 'a time such as 2026-11-21T08:30:00Z', value)
}

function parsePriority({value, place}: Field): Priority {
  const known = PRIORITIES.find((priority) => priority === value)
  if (known) return known
  throw badMessage(place, PRIORITIES.join(', '), value)
}

function parseTrace({value, place}: Field): string[] {
  const names = /^\[(.+)\]$/.exec(value)?.[1]?.split(', ')
  if (names?.every(isAgentName)) return names
  throw badMessage(place, 'names such as [jarvis, donna]', value)
}

function parseHops({value, place}: Field): number {
  if (/^(?:0|[1-9]\d{0,5})$/.test(value)) return Number(value)
  throw badMessage(place, 'a whole number', value)
}

function parseSignature({value, place}: Field): string {
  if (/^[A-Za-z0-9+/:=_-]+$/.test(value)) return value
  throw badMessage(place, 'a signature in base64', value)
}

function parseQuoted({value, place}: Field): string {
  const parsed = value.startsWith('"') ? parseJsonText(value) : null
  if (parsed !== null) return parsed
  throw badMessage(place, 'a text in double quotes', value)
}

function parseJsonText(value: string): string | null {
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'string' ? parsed : null
  } catch {
    return null // the caller names the place
  }
}

function quote(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function badMessage(place: {file: string; line: number}, expected: string, got: string): Error {
  return unreadable(place, {
    expected,
    got: JSON.stringify(got.length > 60 ? `${got.slice(0, 60)}…` : got),
    fix: "mcos message list --json; a message that can't be read is never acted on",
  })
}
