import {TextDecoder} from 'node:util'

const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'tis-620': 'windows-874',
  utf8mb4: 'utf-8',
}

// What TextDecoder reads of the names that mail is sent with.
const LABELS = new Set(
  [
    'utf-8 utf8 unicode-1-1-utf-8 utf-16 utf-16le utf-16be ucs-2 iso-10646-ucs-2 unicode',
    'iso-8859-2 iso8859-2 iso_8859-2 latin2 iso-8859-3 iso-8859-4 iso-8859-5 iso8859-5 cyrillic iso-8859-6 arabic',
    'iso-8859-7 iso8859-7 greek iso-8859-8 iso-8859-8-i iso-8859-8-e hebrew logical visual iso-8859-9 iso8859-9 latin5',
    'iso-8859-10 iso-8859-11 iso-8859-13 iso-8859-14 iso-8859-15 iso8859-15 iso_8859-15 latin9 l9 iso-8859-16',
    'windows-1250 cp1250 x-cp1250 windows-1251 cp1251 x-cp1251 windows-1253 cp1253 windows-1254 cp1254 windows-1255 cp1255',
    'windows-1256 cp1256 windows-1257 cp1257 windows-1258 cp1258 windows-874 dos-874 tis-620 koi8-r koi8_r koi8 koi8-u koi8-ru',
    'ibm866 cp866 866 macintosh mac x-mac-roman x-mac-cyrillic gb2312 gb_2312-80 csgb2312 chinese gbk x-gbk gb18030',
    'big5 big5-hkscs cn-big5 x-x-big5 euc-jp x-euc-jp iso-2022-jp csiso2022jp shift_jis shift-jis sjis x-sjis ms_kanji',
    'ms932 windows-31j euc-kr cseuckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  ].flatMap((names) => names.split(' ')),
)

// A program that knows no better writes one of these on everything.
const CARELESS = /^(?:us-ascii|ascii|ansi_x3|iso-?8859-1$|latin1|windows-1252|cp1252|unknown|x-unknown|default|8bit)/

const UTF8 = new TextDecoder('utf-8')
// Not by TextDecoder: some versions of Node read windows-1252 as ISO-8859-1, where these are control characters.
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
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
  return good > holes ? text : decodeWestern(bytes)
}

function decodeWestern(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString('latin1')
  return latin.replace(/[\u0080-\u009f]/g, (letter) => WESTERN[letter.charCodeAt(0) - 0x80] ?? letter)
}

/** Null for what the runtime does not know: asking it costs so much that a mail of unknown names could waste seconds. */
function decoderOf(label: string): TextDecoder | null {
  if (!LABELS.has(label)) return null
  const decoder = decoders.get(label) ?? new TextDecoder(label)
  decoders.set(label, decoder)
  return decoder
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
