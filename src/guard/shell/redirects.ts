import {bareOf, type Cursor, literalOf} from './cursor.js'
import type {Redirect, RedirectKind, Word} from './syntax.js'
import {shown, Unclear} from './unclear.js'
import {isWordNext, type ReadList, readWord} from './words.js'

const KINDS: readonly (readonly [sign: string, kind: RedirectKind, isBash: boolean])[] = [
  ['&>>', 'write', true],
  ['&>', 'write', true],
  ['<<<', 'here-string', true],
  ['<<-', 'heredoc', false],
  ['<<', 'heredoc', false],
  ['<>', 'both', false],
  ['<&', 'copy', false],
  ['<', 'read', false],
  ['>>', 'write', false],
  ['>|', 'write', false],
  ['>&', 'copy', false],
  ['>', 'write', false],
]

/** A redirection, if one begins where the cursor stands. */
export function readRedirect(cursor: Cursor, readList: ReadList): Redirect | null {
  const start = cursor.at
  const [digits = ''] = /^\d*/.exec(cursor.text.slice(start, start + 10)) ?? []
  cursor.at += digits.length
  const known = KINDS.find(([sign]) => cursor.has(sign))
  if (known === undefined || (digits !== '' && known[0].startsWith('&'))) {
    cursor.at = start
    return null
  }
  const [sign, kind, isBash] = known
  if (cursor.has('<(') || cursor.has('>(')) throw new Unclear('what a process substitution does can\u2019t be judged')
  if (isBash) cursor.insistOnBash(sign)
  cursor.at += sign.length
  cursor.skipBlanks()
  if (!isWordNext(cursor)) throw new Unclear(`nothing stands behind ${JSON.stringify(sign)}`)
  const word = readWord(cursor, readList)
  const from = digits === '' ? null : Number(digits)
  if (kind === 'heredoc') return heredoc(cursor, {sign, word, from})
  // `>&file` writes, `>&2` and `>&-` only copy and close.
  const isCopy = kind === 'copy' && /^(?:\d+-?|-)$/.test(bareOf(word) ?? '')
  if (kind === 'copy' && !isCopy) {
    if (sign === '<&' || from !== null) throw new Unclear(`it copies a descriptor whose number isn't plain`)
    // bash reads the name a second time there.
    if (!/^[\w./@%+=:,-]+$/.test(literalOf(word) ?? '')) throw new Unclear('the name behind ">&" isn\u2019t plain')
    return {kind: 'write', word, from}
  }
  return {kind, word, from}
}

function heredoc(cursor: Cursor, {sign, word, from}: {sign: string; word: Word; from: number | null}): Redirect {
  const delimiter = literalOf(word)
  if (delimiter === null || delimiter.includes('\n'))
    throw new Unclear('the end of its here-document is not a plain word')
  let text: Word | null = null
  cursor.pending.push({
    delimiter,
    isLiteral: bareOf(word) === null,
    stripsTabs: sign === '<<-',
    fill: (filled) => {
      text = filled
    },
  })
  return {
    kind: 'heredoc',
    from,
    get word(): Word {
      if (text === null) throw new Unclear(`its here-document ${shown(delimiter)} never begins`)
      return text
    },
  }
}
