/** Charsets that mail is found in; Node decodes them all and encodes hardly any. */
export type Charset =
  | 'utf-8'
  | 'iso-8859-1'
  | 'windows-1252'
  | 'koi8-r'
  | 'windows-1251'
  | 'gb2312'
  | 'gb18030'
  | 'shift_jis'
  | 'iso-2022-jp'

/** What windows-1252 has at 0x80 to 0x9f; some versions of Node decode these as control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const tables = new Map<string, ReadonlyMap<string, Buffer>>()

/** The bytes of a text in a charset; throws where the charset lacks a character, so that no sample holds a "?". */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8')
  if (charset === 'iso-2022-jp') return encodeJis(text)
  const table = tableOf(charset)
  return Buffer.concat([...text].map((character) => bytesOf(character, table, charset)))
}

/** `=?charset?B?…?=` words; text in plain ASCII stays as it is. */
export function encodeHeader(text: string, charset: Charset): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const words: string[] = []
  const characters = [...text]
  for (let start = 0; start < characters.length; start += 12) {
    const bytes = encodeText(characters.slice(start, start + 12).join(''), charset)
    words.push(`=?${charset}?B?${bytes.toString('base64')}?=`)
  }
  return words.join('\r\n ')
}

export function encodeBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')
}

export function encodeQuotedPrintable(bytes: Buffer): string {
  return bytes.toString('latin1').split('\r\n').map(quoteLine).join('\r\n')
}

function quoteLine(line: string): string {
  const quoted = line.replace(/[^\x20-\x3c\x3e-\x7e]| $/g, (byte) => `=${hexOf(byte)}`)
  let width = 0
  return (quoted.match(/=[0-9A-F]{2}|./g) ?? []).reduce((line, piece) => {
    const fits = width + piece.length <= 75
    width = (fits ? width : 0) + piece.length
    return fits ? line + piece : `${line}=\r\n${piece}`
  }, '')
}

function hexOf(byte: string): string {
  return byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
}

function bytesOf(character: string, table: ReadonlyMap<string, Buffer>, charset: string): Buffer {
  const bytes = character.charCodeAt(0) < 128 ? Buffer.from(character, 'latin1') : table.get(character)
  if (!bytes) throw new Error(`${charset} has no ${JSON.stringify(character)}`)
  return bytes
}

/** Every one- and two-byte sequence, decoded: an encoder turned round. */
function tableOf(charset: string): ReadonlyMap<string, Buffer> {
  const known = tables.get(charset)
  if (known) return known
  const decoder = new TextDecoder(charset)
  const isSingle = /^(iso-8859|windows|koi8)/.test(charset)
  const table = new Map<string, Buffer>()
  const note = (bytes: Buffer): void => {
    const text = decoder.decode(bytes)
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes)
  }
  if (charset === 'windows-1252')
    [...WINDOWS_1252].forEach((text, index) => {
      table.set(text, Buffer.from([0x80 + index]))
    })
  for (let lead = 0x80; lead < 0x100; lead++) {
    if (isSingle) note(Buffer.from([lead]))
    else for (let trail = 0x40; trail < 0x100; trail++) note(Buffer.from([lead, trail]))
  }
  if (!isSingle) for (let lead = 0xa1; lead < 0xe0; lead++) note(Buffer.from([lead]))
  tables.set(charset, table)
  return table
}

/** ISO-2022-JP is EUC-JP's two bytes without their high bits, between two escapes. */
function encodeJis(text: string): Buffer {
  const table = tableOf('euc-jp')
  const pieces: Buffer[] = []
  let isWide = false
  for (const character of text) {
    const bytes = bytesOf(character, table, 'iso-2022-jp')
    const needsWide = bytes.length === 2
    if (needsWide !== isWide) pieces.push(Buffer.from(needsWide ? '\x1b$B' : '\x1b(B', 'latin1'))
    isWide = needsWide
    pieces.push(isWide ? Buffer.from(bytes.map((byte) => byte & 0x7f)) : bytes)
  }
  if (isWide) pieces.push(Buffer.from('\x1b(B', 'latin1'))
  return Buffer.concat(pieces)
}
