import {readAnsi} from './ansi-quote.js'
import {type Cursor, literalOf} from './cursor.js'
import type {List} from './syntax.js'
import {shown, Unclear} from './unclear.js'
import type {WordBuilder} from './word-builder.js'
import {type ReadList, readDouble} from './words.js'

export interface Expansion {
  readonly word: WordBuilder
  readonly readList: ReadList
  readonly isQuoted: boolean
}

const NAME = /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/y
/** Forms of `${…}` that only look at a value; others run commands, evaluate indexes or set something. */
const BRACED = /\$\{(?:#?[A-Za-z_]\w*|[0-9@*#?$!-]|[A-Za-z_]\w*(?::?[-+]|##?|%%?|,,?|\^\^?)[\w ./*=:,@%+-]*)\}/y
/** Numbers only: the value of a name is evaluated in its turn, and could be a command. */
const ARITHMETIC = /\$\(\([\d\s+*/%()<>=&|^!~?:,-]*\)\)/y

/** `$` and what belongs to it. */
export function readDollar(cursor: Cursor, {word, readList, isQuoted}: Expansion): void {
  const next = cursor.text[cursor.at + 1] ?? ''
  if (next === '(') {
    if (!readWhole(cursor, ARITHMETIC, word)) readCommand(cursor, {word, readList, isQuoted})
    return
  }
  if (next === '{') {
    if (!readWhole(cursor, BRACED, word))
      throw new Unclear(`${shown(cursor.text.slice(cursor.at))} is more than a value`)
    return
  }
  if (next === '[') throw new Unclear('"$[" is evaluated by the shell')
  if (next === '\\') throw new Unclear('a "$" is followed by a backslash')
  if (next === "'" && !isQuoted) {
    cursor.insistOnBash("$'…'")
    readAnsi(cursor, word)
    return
  }
  if (next === '"' && !isQuoted) {
    cursor.insistOnBash('$"…"')
    cursor.at += 2
    readDouble(cursor, {word, readList, end: '"'})
    return
  }
  if (isOwnHome(cursor, word) || readWhole(cursor, NAME, word)) return
  word.text('$', isQuoted)
  cursor.at++
}

/** Nothing on a line that could be judged changes HOME: who sets it isn't read any further. */
function isOwnHome(cursor: Cursor, word: WordBuilder): boolean {
  const {userHome} = cursor.dialect
  const [found] = /^\$HOME(?![\w])/.exec(cursor.text.slice(cursor.at, cursor.at + 6)) ?? []
  if (found === undefined || userHome === null) return false
  word.text(userHome, true)
  cursor.at += found.length
  return true
}

function readWhole(cursor: Cursor, form: RegExp, word: WordBuilder): boolean {
  form.lastIndex = cursor.at
  const [found] = form.exec(cursor.text) ?? []
  if (found === undefined) return false
  word.add({kind: 'unknown', text: found, why: `what ${shown(found)} stands for can't be seen beforehand`})
  cursor.at += found.length
  return true
}

function readCommand(cursor: Cursor, {word, readList, isQuoted}: Expansion): void {
  if (cursor.has('$((')) throw new Unclear('"$((" with names in it is evaluated by the shell')
  const start = cursor.at
  cursor.at += 2
  const list = cursor.nested(() => readList(cursor, ')'))
  if (!cursor.take(')')) throw new Unclear('it has a "$(" that never closes')
  const raw = cursor.text.slice(start, cursor.at)
  const printed = isQuoted ? printedBy(list) : null
  if (printed !== null) {
    word.text(printed, true)
    return
  }
  word.scripts.push(list)
  word.add({kind: 'unknown', text: raw, why: `what ${shown(raw)} prints can't be seen beforehand`})
}

/** `$(cat <<'END' … END)` is how long texts are written into one argument, and is as good as the text itself. */
function printedBy(list: List): string | null {
  const [only, more] = list
  if (!only || more || only.isBackground || only.chain.kind !== 'pipeline') return null
  const [command, other] = only.chain.commands
  if (!command || other || command.kind !== 'simple' || command.assignments.length > 0) return null
  const [redirect, another] = command.redirects
  const [program, argument] = command.words
  if (!redirect || another || redirect.kind !== 'heredoc' || (redirect.from ?? 0) !== 0) return null
  if (!program || argument || literalOf(program) !== 'cat') return null
  return literalOf(redirect.word)?.replace(/\n+$/, '') ?? null
}

export function readBacktick(cursor: Cursor, {word, readList, isQuoted}: Expansion): void {
  const start = cursor.at
  let inside = ''
  for (cursor.at++; cursor.letter !== '`'; cursor.at++) {
    if (cursor.isDone) throw new Unclear('it has a ` that never closes')
    const next = cursor.text[cursor.at + 1] ?? ''
    const isEscape = cursor.letter === '\\' && (/[`\\$]/.test(next) || (isQuoted && next === '"'))
    if (isEscape) cursor.at++
    inside += cursor.letter
  }
  cursor.at++
  const raw = cursor.text.slice(start, cursor.at)
  const inner = cursor.inner(`${inside})`)
  const list = readList(inner, ')')
  if (inner.at !== inside.length) throw new Unclear(`${shown(raw)} can't be read`)
  word.scripts.push(list)
  word.add({kind: 'unknown', text: raw, why: `what ${shown(raw)} prints can't be seen beforehand`})
}
