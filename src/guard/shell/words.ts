import type {Cursor} from './cursor.js'
import {readBacktick, readDollar} from './expansions.js'
import type {List, Word} from './syntax.js'
import {shown, Unclear} from './unclear.js'
import {WordBuilder} from './word-builder.js'

const ENDS_WORD = /[ \t\n;&|<>()]/
const ESCAPED_IN_DOUBLE = '$`"\\'

/** Reads a command list up to its closing letter; handed in, as commands lie in words and words in commands. */
export type ReadList = (cursor: Cursor, end: ')') => List

/** Whether a word begins where the cursor stands. */
export function isWordNext({letter}: Cursor): boolean {
  return letter !== '' && !ENDS_WORD.test(letter)
}

export function readWord(cursor: Cursor, readList: ReadList): Word {
  const word = new WordBuilder()
  const start = cursor.at
  while (isWordNext(cursor)) readPart(cursor, {word, readList, isFirst: cursor.at === start})
  return withoutLoneBracket(word)
}

interface Part {
  readonly word: WordBuilder
  readonly readList: ReadList
  readonly isFirst: boolean
}

function readPart(cursor: Cursor, {word, readList, isFirst}: Part): void {
  const {letter} = cursor
  if (letter === '\\') readEscaped(cursor, word)
  else if (letter === "'") readSingle(cursor, word)
  else if (letter === '"') {
    cursor.at++
    readDouble(cursor, {word, readList, end: '"'})
  } else if (letter === '$') readDollar(cursor, {word, readList, isQuoted: false})
  else if (letter === '`') readBacktick(cursor, {word, readList, isQuoted: false})
  else if (letter === '~' && isFirst) readTilde(cursor, word)
  else if (/[*?[]/.test(letter)) {
    word.add({kind: 'glob', text: letter})
    cursor.at++
  } else readPlain(cursor, word)
}

/** To read the many ordinary letters at once. */
const PLAIN = /[^ \t\n;&|<>()\\'"$`*?[\u0000-\u001f\u007f]+/y

function readPlain(cursor: Cursor, word: WordBuilder): void {
  PLAIN.lastIndex = cursor.at
  const [found] = PLAIN.exec(cursor.text) ?? []
  if (found === undefined) throw new Unclear('it has a control character in it')
  word.text(found, false)
  cursor.at += found.length
}

function readEscaped(cursor: Cursor, word: WordBuilder): void {
  const next = cursor.text[cursor.at + 1]
  if (next === undefined) throw new Unclear('it ends in a backslash')
  if (next !== '\n') word.text(next, true)
  cursor.at += 2
}

function readSingle(cursor: Cursor, word: WordBuilder): void {
  const end = cursor.text.indexOf("'", cursor.at + 1)
  if (end < 0) throw new Unclear("it has a ' that never closes")
  word.text(cursor.text.slice(cursor.at + 1, end), true)
  cursor.at = end + 1
}

/** What stands between double quotes, or (end: '') the text of a here-document, in which a quote is a letter. */
export function readDouble(
  cursor: Cursor,
  {word, readList, end}: {word: WordBuilder; readList: ReadList; end: '"' | ''},
): void {
  const isHeredoc = end === ''
  word.text('', true)
  for (;;) {
    if (cursor.isDone) {
      if (isHeredoc) return
      throw new Unclear('it has a " that never closes')
    }
    const {letter} = cursor
    if (!isHeredoc && letter === end) {
      cursor.at++
      return
    }
    if (letter === '\\') readEscapedInDouble(cursor, word, isHeredoc)
    else if (letter === '$') readDollar(cursor, {word, readList, isQuoted: true})
    else if (letter === '`') readBacktick(cursor, {word, readList, isQuoted: true})
    else {
      word.text(letter, true)
      cursor.at++
    }
  }
}

function readEscapedInDouble(cursor: Cursor, word: WordBuilder, isHeredoc: boolean): void {
  const next = cursor.text[cursor.at + 1] ?? ''
  const isEscaped = next !== '' && ESCAPED_IN_DOUBLE.includes(next) && !(isHeredoc && next === '"')
  if (isEscaped) word.text(next, true)
  else if (next !== '\n') word.text(`\\${next}`, true)
  cursor.at += next === '' ? 1 : 2
}

function readTilde(cursor: Cursor, word: WordBuilder): void {
  const rest = cursor.text.slice(cursor.at + 1)
  const {userHome} = cursor.dialect
  const [raw = ''] = /^~[\w+.-]*/.exec(cursor.text.slice(cursor.at)) ?? []
  const isOwn = /^(?:\/|$|[ \t\n;&|<>()])/.test(rest)
  if (isOwn && userHome !== null) word.text(userHome, true)
  else word.add({kind: 'unknown', text: raw, why: `${shown(raw)} stands for a folder that only the shell knows`})
  cursor.at += raw.length
}

/** `[` and `[[` alone are programs, no wildcards. */
function withoutLoneBracket({pieces, scripts}: WordBuilder): Word {
  if (pieces.length > 0 && pieces.length <= 2 && pieces.every(({kind, text}) => kind === 'glob' && text === '[')) {
    return {pieces: [{kind: 'text', text: '['.repeat(pieces.length), quoted: false}], scripts}
  }
  return {pieces, scripts}
}
