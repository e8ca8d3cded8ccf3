import type {Cursor} from './cursor.js'
import {Unclear} from './unclear.js'
import type {WordBuilder} from './word-builder.js'

const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}

/** `$'…'`, in which a path may be spelled by numbers. */
export function readAnsi(cursor: Cursor, word: WordBuilder): void {
  word.text('', true)
  for (cursor.at += 2; cursor.letter !== "'"; ) {
    if (cursor.isDone) throw new Unclear("it has a $' that never closes")
    if (cursor.letter === '\\') word.text(readEscape(cursor), true)
    else {
      word.text(cursor.letter, true)
      cursor.at++
    }
  }
  cursor.at++
}

function readEscape(cursor: Cursor): string {
  const rest = cursor.text.slice(cursor.at, cursor.at + 12)
  const [whole = '', octal, hex, wide] =
    /^\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U[0-9a-fA-F]{1,8}|c.)/s.exec(rest) ?? []
  const code = octal
    ? Number.parseInt(octal, 8)
    : hex
      ? Number.parseInt(hex, 16)
      : wide
        ? Number.parseInt(wide, 16)
        : null
  if (code !== null) {
    // Bytes above ASCII make letters only together with their neighbours.
    if (code === 0 || (code > 127 && wide === undefined))
      throw new Unclear(`"${whole}" spells a byte that is no letter`)
    cursor.at += whole.length
    return String.fromCharCode(code)
  }
  const letter = LETTERS[rest[1] ?? '']
  if (letter === undefined) throw new Unclear(`"${rest.slice(0, 2)}" is not known to every shell`)
  cursor.at += 2
  return letter
}
