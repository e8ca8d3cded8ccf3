import {TextDecoder} from 'node:util'

const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  utf8mb4: 'utf-8',
}

// A program that knows no better writes one of these on everything.
const CARELESS = /^(?:us-ascii|ascii|ansi_x3|iso-?8859-1$|latin1|windows-1252|cp1252|unknown|x-unknown|default|8bit)/

const UTF8 = new TextDecoder('utf-8')
const WESTERN = new TextDecoder('windows-1252')
const decoders = new Map<string, TextDecoder>()

/** Reads bytes by what their sender says they are, and by what they are where that can't be true; never throws. */
export function decodeBytes(bytes: Uint8Array, label: string | null): string {
  const charset = (label ?? '').trim().toLowerCase().replace(/["']/g, '')
  if (/^(?:unicode-1-1-)?utf-?7$/.test(charset)) return decodeUtf7(Buffer.from(bytes).toString('latin1'))
  if (charset === '' || CARELESS.test(charset)) return decodeAny(bytes)
  const decoder = decoderOf(ALIASES[charset] ?? charset)
  if (decoder === null || decoder.encoding === 'utf-8') return decodeAny(bytes)
  return decoder.decode(bytes)
}

/** UTF-8 wherever it can be; some wrong bytes among much UTF-8 are holes in it, else it is an old Western encoding. */
function decodeAny(bytes: Uint8Array): string {
  const text = UTF8.decode(bytes)
  const holes = text.match(/\ufffd/g)?.length ?? 0
  if (holes === 0) return text
  const good = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0
  return good > holes ? text : WESTERN.decode(bytes)
}

/** Null for what the runtime does not know; only labels that it knows are kept, and they are few. */
function decoderOf(label: string): TextDecoder | null {
  const known = decoders.get(label)
  if (known) return known
  try {
    const made = new TextDecoder(label)
    decoders.set(label, made)
    return made
  } catch {
    return null // No such charset: the bytes themselves have to tell.
  }
}

/** No runtime reads UTF-7 any more, but some readers of mail do, and what they show must not be hidden from here. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, digits: string) => {
    if (digits === '') return whole === '+-' ? '+' : whole
    const bytes = Buffer.from(digits, 'base64')
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
    return even.length === 0 ? whole : even.swap16().toString('utf16le')
  })
}
