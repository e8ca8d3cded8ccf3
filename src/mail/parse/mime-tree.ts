import {latinOf, type Split, splitMail} from './fields.js'
import {readStructured, type Structured} from './params.js'
import {decodeTransfer} from './transfer.js'

/** One part of a mail; its body still as it was sent, a character a byte. */
export interface MimePart {
  /** Such as text/plain. */
  readonly type: string
  readonly params: Structured['params']
  readonly disposition: Structured
  readonly encoding: string
  readonly body: string
  /** The parts of a multipart, or the one mail in a message/rfc822; null for a leaf. */
  readonly parts: readonly MimePart[] | null
  /** The headers of a mail that lies in this one. */
  readonly fields: Split['fields']
}

const MOST_PARTS = 100
const DEEPEST = 20

/** What one mail may still cost, and what was wrong with it. */
export interface Budget {
  parts: number
  readonly troubles: Set<string>
}

interface Place {
  readonly depth: number
  /** What a part is that does not say so. */
  readonly usual: string
  readonly budget: Budget
}

/**
 * Takes a mail apart, never more than so many parts and so deep: what lies behind is left, and told. Written here because
 * a library gives decoded text only, in which wrong charsets are lost and HTML's hidden text has become visible, and
 * because whatever counts parts before it would have to read their boundaries exactly as it does.
 */
export function readTree({fields, body}: Split, {depth, usual, budget}: Place): MimePart {
  budget.parts++
  const header = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value ?? ''
  const {value, params} = readStructured(header('content-type'))
  const type = /^[\w.+-]+\/[\w.+*-]+$/.test(value) ? value : value.startsWith('text') ? 'text/plain' : usual
  const encoding =
    /[\w-]+/.exec(header('content-transfer-encoding').replace(/\([^)]*\)/g, ''))?.[0]?.toLowerCase() ?? ''
  const part = {type, params, disposition: readStructured(header('content-disposition')), encoding, body, fields}
  const inner = innerMails(part)
  if (inner === null || inner.length === 0) return {...part, type: inner === null ? type : 'text/plain', parts: null}
  if (depth >= DEEPEST) {
    budget.troubles.add(`its parts lie deeper than ${DEEPEST} in each other`)
    return {...part, parts: []}
  }
  const place = {depth: depth + 1, usual: type === 'multipart/digest' ? 'message/rfc822' : 'text/plain', budget}
  return {...part, parts: inner.flatMap((text) => (isSpent(budget) ? [] : [readTree(splitMail(text), place)]))}
}

/** Null for a leaf; empty for a multipart without any part, whose text then stands in it as it is. */
function innerMails({type, params, encoding, body}: Pick<MimePart, 'type' | 'params' | 'encoding' | 'body'>) {
  if (type === 'message/rfc822' || type === 'message/global') {
    return [encoding === 'base64' || encoding === 'quoted-printable' ? latinOf(decodeTransfer(body, encoding)) : body]
  }
  return type.startsWith('multipart/') ? splitParts(body, params.get('boundary') ?? '') : null
}

function isSpent({parts, troubles}: Budget): boolean {
  if (parts < MOST_PARTS) return false
  troubles.add(`it has more than ${MOST_PARTS} parts`)
  return true
}

/** The texts between the lines of a boundary; what stands before the first and after the last is shown nowhere. */
function splitParts(body: string, boundary: string): string[] {
  if (boundary === '') return []
  const marker = `\n--${Buffer.from(boundary, 'utf8').toString('latin1')}`
  const text = `\n${body}`
  const parts: string[] = []
  let from: number | null = null
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
    const end = text.indexOf('\n', at + 1)
    const rest = text.slice(at + marker.length, end === -1 ? undefined : end)
    if (!/^(?:--)?[ \t\r]*$/.test(rest)) continue
    if (from !== null) parts.push(text.slice(from, Math.max(at, from)))
    // One more than may be read, so that it is told.
    if (rest.startsWith('--') || parts.length > MOST_PARTS) return parts
    from = end === -1 ? text.length : end + 1
  }
  if (from !== null) parts.push(text.slice(from))
  return parts
}
