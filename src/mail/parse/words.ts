import {decodeBytes} from './charset.js'
import {decodeBase64} from './transfer.js'

/** One encoded word (RFC 2047); a "?" inside is forgiven. Bounded, so that no header costs more than its length. */
export const WORD = /=\?([\w.:+-]{1,60})(?:\*[\w-]{0,30})?\?([bq])\?([^?]*(?:\?(?!=)[^?]*){0,5})\?=/i
const WORDS = new RegExp(WORD.source, 'gi')

interface Word {
  readonly charset: string
  readonly bytes: readonly Buffer[]
}

/** A header's text with its encoded words read, also where a letter is split between two of them. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text
  const pieces: (string | Word)[] = []
  let end = 0
  for (const found of text.matchAll(WORDS)) {
    const between = text.slice(end, found.index)
    const word = readWord(found)
    const before = pieces.at(-1)
    // White space between two words only separates them.
    if (typeof before !== 'object' || !/^\s*$/.test(between)) pieces.push(between, word)
    // ISO-2022 begins and ends each word in ASCII, and joined its signs for that would be taken for damage.
    else if (before.charset !== word.charset || word.charset.startsWith('iso-2022')) pieces.push(word)
    else pieces.splice(-1, 1, {...word, bytes: [...before.bytes, ...word.bytes]})
    end = found.index + found[0].length
  }
  const read = pieces.map((piece) =>
    typeof piece === 'string' ? piece : decodeBytes(Buffer.concat(piece.bytes), piece.charset),
  )
  return read.join('') + text.slice(end)
}

function readWord([, charset = '', encoding = '', text = '']: RegExpMatchArray): Word {
  return {
    charset: charset.toLowerCase(),
    bytes: [encoding.toLowerCase() === 'b' ? decodeBase64(text) : decodeQ(text)],
  }
}

function decodeQ(text: string): Buffer {
  // What stands there undecoded may be more than ASCII already; its bytes go through as UTF-8.
  const bytes = Buffer.from(text.replaceAll('_', ' '), 'utf8').toString('latin1')
  return Buffer.from(
    bytes.replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )
}
