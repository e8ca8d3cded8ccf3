import {isUtf8} from 'node:buffer'
import {decodeBytes} from './charset.js'

/** One header as it came: unfolded, its bytes decoded, its encoded words not yet. */
export interface Field {
  readonly name: string
  readonly value: string
}

/** A mail or a part of one as Latin-1 with LF, taken apart at the line between its headers and its body. */
export interface Split {
  readonly fields: readonly Field[]
  readonly body: string
}

const FIELD = /^([!-9;-~]+)[ \t]*:/
const MOST_FIELDS = 1000
const LONGEST_VALUE = 16_000
const FIRST = 8192

/** A mail as text with a character a byte, so that what finds parts need not know of charsets. */
export function latinOf(raw: Buffer): string {
  const text = raw.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  if (!text.includes('\r')) return text
  return text.includes('\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\r', '\n')
}

/**
 * Takes the headers off. Lines that are none are passed over while more headers follow, as most readers do; those after
 * the last header belong to a body whose empty line got lost.
 */
export function splitMail(text: string): Split {
  if (text.startsWith('\n')) return {fields: [], body: text.slice(1)}
  const end = text.indexOf('\n\n')
  const head = end === -1 ? text : text.slice(0, end)
  const lines = head.split('\n')
  const last = lines.findLastIndex((line, index) => FIELD.test(line) || (index > 0 && /^[ \t]/.test(line)))
  const lost = lines.slice(last + 1)
  const body = end === -1 ? '' : text.slice(end + 2)
  return {
    fields: readFields(lines.slice(0, last + 1), charsetNear(text)),
    body: lost.length === 0 ? body : [...lost, ...(end === -1 ? [] : ['', body])].join('\n'),
  }
}

function readFields(lines: readonly string[], charset: string | null): Field[] {
  const folded: string[][] = []
  for (const line of lines) {
    if (/^[ \t]/.test(line) && folded.length > 0) folded.at(-1)?.push(line)
    else if (folded.length <= MOST_FIELDS) folded.push([line])
  }
  return folded.flatMap((parts) => {
    const name = FIELD.exec(parts[0] ?? '')
    if (name?.[1] === undefined) return []
    const value = parts.join('').slice(name[0].length, name[0].length + LONGEST_VALUE)
    return [
      {
        name: name[1],
        value: decodeHeader(value, charset)
          .replace(/[\r\n]+/g, ' ')
          .trim(),
      },
    ]
  })
}

/** The charset that is named first in a mail or one of its first parts. */
function charsetNear(text: string): string | null {
  return /\bcharset\s*=\s*"?([\w.:-]{1,40})/i.exec(text.slice(0, FIRST))?.[1] ?? null
}

/** Headers are ASCII, or UTF-8, or in the charset of the body below them. */
function decodeHeader(value: string, charset: string | null): string {
  if (/^[\0-\x7f]*$/.test(value)) return value
  const bytes = Buffer.from(value, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeBytes(bytes, charset)
}
