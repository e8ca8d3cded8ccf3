import {cleanLine, shorten} from '../../kit/text.js'
import {type Address, KEPT_HEADERS, type MailHead} from '../mail.js'
import {readAddresses} from './addresses.js'
import type {Field} from './fields.js'
import {readMailDate} from './mail-date.js'
import {decodeWords} from './words.js'

const NOBODY: Address = {name: '', address: ''}
const LONGEST_SUBJECT = 500
const LONGEST_HEADER = 2000
const LONGEST_ID = 500
const MOST_OF_A_NAME = 20
const MOST_REFERENCES = 100

type ByName = ReadonlyMap<string, readonly string[]>

/**
 * Reads a head from headers in the order they stand in the mail, whoever has split them. Of a header that may stand there
 * once the first counts, as most readers show that one; where several From lines claim a sender, `headers.from` has all.
 */
export function headOf(fields: readonly Field[]): MailHead {
  const byName = groupFields(fields)
  const first = (name: string) => byName.get(name)?.[0] ?? ''
  const all = (name: string) => readAddresses((byName.get(name) ?? []).join(', '))
  const senders = readAddresses(first('from'))
  return {
    messageId: readIds(first('message-id'))[0] ?? null,
    from: senders.find(({address}) => address !== '') ?? senders[0] ?? NOBODY,
    sender: readAddresses(first('sender'))[0] ?? null,
    replyTo: readAddresses(first('reply-to')),
    to: all('to'),
    cc: all('cc'),
    subject: shorten(textOf(first('subject')), LONGEST_SUBJECT),
    date: readMailDate(first('date')),
    references: boundIds(readIds(first('references'))),
    inReplyTo: readIds(first('in-reply-to'))[0] ?? null,
    headers: keptHeaders(byName, senders.length),
  }
}

function groupFields(fields: readonly Field[]): ByName {
  const byName = new Map<string, string[]>()
  for (const {name, value} of fields) {
    const key = name.trim().toLowerCase()
    const values = byName.get(key)
    if (values) values.push(value)
    else byName.set(key, [value])
  }
  return byName
}

function keptHeaders(byName: ByName, senders: number): Record<string, readonly string[]> {
  const from = byName.get('from') ?? []
  const names = from.length > 1 || senders > 1 ? [...KEPT_HEADERS, 'from'] : KEPT_HEADERS
  const kept = names.flatMap((name) => {
    const values = byName.get(name)?.slice(0, MOST_OF_A_NAME)
    return values ? [[name, values.map((value) => shorten(textOf(value), LONGEST_HEADER))] as const] : []
  })
  return Object.fromEntries(kept)
}

function textOf(value: string): string {
  return cleanLine(decodeWords(value))
}

/** Ids without their brackets, each once; a mail without brackets means its words. */
function readIds(text: string): string[] {
  const plain = cleanLine(text)
  const inBrackets = [...plain.matchAll(/<([^<>]+)>/g)].map(([, id = '']) => id)
  const ids = inBrackets.length > 0 ? inBrackets : plain.split(' ').filter((word) => word.includes('@'))
  const clean = ids.map((id) => id.replace(/\s+/g, '').slice(0, LONGEST_ID)).filter((id) => id !== '')
  return [...new Set(clean)]
}

/** The oldest one names the thread, so it stays whatever else has to go. */
function boundIds(ids: readonly string[]): string[] {
  return ids.length <= MOST_REFERENCES ? [...ids] : [...ids.slice(0, 1), ...ids.slice(1 - MOST_REFERENCES)]
}
