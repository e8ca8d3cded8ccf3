import {contentHash} from '../kit/hash.js'
import {cleanLine} from '../kit/text.js'
import {encodeQuotedPrintable, encodeText, foldHeader, formatAddress, isMessageId} from './compose-words.js'
import type {Address, MailHead} from './mail.js'
import type {ReplyDraft} from './mailbox.js'

/** Whose draft it is, and when it was written. */
export interface Writer {
  readonly from: string
  readonly now: number
}

const SEAL_HEADER = 'X-Mcos-Draft'
/** As many earlier mails of its thread as a draft names; the first one always. */
const MOST_REFERENCES = 20
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The Message-ID of the draft with this mark, without angle brackets: the same whenever it is made. */
export function draftId(mark: string, from: string): string {
  const domain = /@([a-z0-9-]+(?:\.[a-z0-9-]+)*)$/i.exec(from)?.[1] ?? 'localhost'
  return `mcos.${mark.replace(/[^\w.-]+/g, '-')}@${domain.toLowerCase()}`
}

/**
 * A reply as a mail of RFC 5322, to whom the thread's own headers name. Nothing that came from outside reaches a header
 * but through the encoders of compose-words.ts, so that none of it can begin a header or the body.
 */
export function composeDraft({mark, to, text, quote}: ReplyDraft, {from, now}: Writer): Buffer {
  const {head, received} = to
  const body = `${text.trimEnd()}\n\n${attribution(head, received)}\n${quoted(quote)}\n`
  const encoded = encodeQuotedPrintable(body)
  const recipients = (head.replyTo.length > 0 ? head.replyTo : [head.from])
    .flatMap((one) => formatAddress(one) ?? [])
    .join(', ')
  const subject = encodeText(/^re\s*:/i.test(head.subject) ? head.subject : `Re: ${head.subject}`)
  const parents = [...head.references, ...(head.inReplyTo === null ? [] : [head.inReplyTo])]
  const thread = shortThread(unique([...parents, ...(head.messageId === null ? [] : [head.messageId])]))
  const headers = [
    ['From', formatAddress({name: '', address: from}) ?? ''],
    ['To', recipients],
    ['Subject', subject],
    ['Date', formatDate(now)],
    ['Message-ID', `<${draftId(mark, from)}>`],
    ['In-Reply-To', head.messageId !== null && isMessageId(head.messageId) ? `<${head.messageId}>` : ''],
    ['References', thread.map((id) => `<${id}>`).join(' ')],
    [SEAL_HEADER, sealOf(recipients, subject, encoded)],
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', 'quoted-printable'],
  ] as const
  const lines = headers.flatMap(([name, value]) => (value === '' ? [] : foldHeader(name, value)))
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${encoded}`, 'latin1')
}

/** Whether a draft says what composeDraft made it say: to whom, about what, and in its body. */
export function isUntouchedDraft(raw: Buffer): boolean {
  const {headers, body} = splitRaw(raw)
  const seal = headerIn(headers, SEAL_HEADER)
  return seal !== '' && seal === sealOf(headerIn(headers, 'To'), headerIn(headers, 'Subject'), body)
}

/** The ids that a raw mail names in a header, without angle brackets. */
export function idsIn(raw: Buffer, name: 'message-id' | 'in-reply-to'): string[] {
  const value = headerIn(splitRaw(raw).headers, name)
  return [...value.matchAll(/<([^<>\s]+)>/g)].flatMap(([, id]) => id ?? [])
}

function splitRaw(raw: Buffer): {readonly headers: string; readonly body: string} {
  const text = raw.toString('latin1').replaceAll('\r', '')
  const end = text.indexOf('\n\n')
  const headers = (end === -1 ? text : text.slice(0, end)).replace(/\n[ \t]+/g, ' ')
  return {headers, body: end === -1 ? '' : text.slice(end + 2)}
}

function headerIn(headers: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''
}

/** Line ends, folds and what lies at the end are not counted: a server may write them its own way. */
function sealOf(to: string, subject: string, body: string): string {
  const plain = [to, subject].map((value) => value.replace(/\s+/g, ' '))
  return contentHash(JSON.stringify([...plain, body.replaceAll('\r', '').trimEnd()])).slice(7, 39)
}

function attribution({from}: MailHead, received: string): string {
  const who = cleanLine(from.name === '' ? from.address : `${from.name} <${from.address}>`)
  return `On ${received.slice(0, 10)} at ${received.slice(11, 16)} UTC, ${who} wrote:`
}

function quoted(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd().split('\n')
  return lines.map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd())).join('\n')
}

function shortThread(ids: readonly string[]): readonly string[] {
  const good = ids.filter(isMessageId)
  return good.length <= MOST_REFERENCES ? good : [...good.slice(0, 1), ...good.slice(1 - MOST_REFERENCES)]
}

function unique(ids: readonly string[]): string[] {
  // The last mention counts: a reply's parent stands at the end.
  return [...new Set([...ids].reverse())].reverse()
}

function formatDate(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => `${value}`.padStart(2, '0')
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  return `${DAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${time} +0000`
}

/** Whose address a draft is from: the account's user where that is one, else the first of its own addresses. */
export function writerOf(user: string, addresses: readonly string[], host: string): Address['address'] {
  return [user, ...addresses].find((text) => text.includes('@')) ?? `${user}@${host}`
}
