import {domainToASCII} from 'node:url'
import {clean, cleanLine} from '../kit/text.js'
import type {Address} from './mail.js'

/** As RFC 5322 wants lines, and as long as RFC 2047 allows a word. */
const LINE = 76
const WORD_BYTES = 42

const PLAIN = /^[\x20-\x7e]*$/

/** A header's lines, long ones folded; what is no plain letter, such as a line end of the value's own, is not in them. */
export function foldHeader(name: string, value: string): string[] {
  const words = value
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .split(/ +/)
  const lines: string[] = []
  let line = `${name}:`
  for (const word of words) {
    if (line.length + 1 + word.length > LINE && line !== `${name}:`) {
      lines.push(line)
      line = ` ${word}`
    } else line += ` ${word}`
  }
  return [...lines, line]
}

/** A text for a header such as the subject: in encoded words where it is not plain, or looks as if it were one. */
export function encodeText(text: string): string {
  const line = cleanLine(text)
  return isPlain(line) ? line : encodeWords(line)
}

/** An address for a header; null for what is none, such as one with blanks or brackets in it. */
export function formatAddress({name, address}: Address): string | null {
  const [, local, host] = /^([^\s<>()[\],;:\\"@]+)@([^\s<>()[\],;:\\"@]+)$/.exec(address) ?? []
  const domain = domainToASCII(host ?? '')
  if (local === undefined || domain === '' || !PLAIN.test(local)) return null
  const shown = cleanLine(name)
  const plain = `${local}@${domain}`
  if (shown === '' || shown === address) return plain
  return `${isPlain(shown) ? quoteName(shown) : encodeWords(shown)} <${plain}>`
}

/** Whether an id can stand in a header as it is. */
export function isMessageId(id: string): boolean {
  return /^[!-;=?-~]{1,400}$/.test(id)
}

/** A text as quoted-printable lines with CRLF; nothing in it is left that could be taken for a line of its own kind. */
export function encodeQuotedPrintable(text: string): string {
  const lines = clean(text.replace(/\r\n?/g, '\n')).split('\n')
  return lines.flatMap((line) => softLines(escapeLine(line))).join('\r\n')
}

function escapeLine(line: string): string[] {
  const bytes = [...Buffer.from(line, 'utf8')]
  return bytes.map((byte, index) => {
    const isBlankAtEnd = (byte === 0x20 || byte === 0x09) && index === bytes.length - 1
    const isPlain = (byte >= 0x20 && byte <= 0x7e && byte !== 0x3d) || byte === 0x09
    return isPlain && !isBlankAtEnd ? String.fromCharCode(byte) : hexOf(byte)
  })
}

function softLines(units: readonly string[]): string[] {
  const lines: string[] = []
  let line = ''
  for (const unit of units) {
    if (line.length + unit.length > LINE - 3) {
      lines.push(`${line}=`)
      line = ''
    }
    line += unit
  }
  return [...lines, line].map(disarm)
}

/** "From " and a lone dot at a line's beginning mean something to old programs. */
function disarm(line: string): string {
  return /^(?:From |\.)/.test(line) ? `${hexOf(line.charCodeAt(0))}${line.slice(1)}` : line
}

function encodeWords(text: string): string {
  const chunks: string[] = []
  let chunk = ''
  for (const letter of text) {
    if (Buffer.byteLength(chunk + letter) > WORD_BYTES) {
      chunks.push(chunk)
      chunk = ''
    }
    chunk += letter
  }
  return [...chunks, chunk].map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ')
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !text.includes('=?') && text.split(' ').every((word) => word.length <= LINE)
}

function quoteName(name: string): string {
  return /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}

function hexOf(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
