import {bareOf, type Cursor} from './cursor.js'
import {parseList, peekWord, readListTo, skipLines} from './parse.js'
import {readRedirect} from './redirects.js'
import type {Assignment, Command, List, Redirect, SimpleCommand, Word} from './syntax.js'
import {shown, Unclear} from './unclear.js'
import {isWordNext, readWord} from './words.js'

/** What the shell understands and this reading does not. */
const OTHERS = [
  'case',
  'function',
  'select',
  'coproc',
  'repeat',
  'foreach',
  'then',
  'do',
  'else',
  'fi',
  'done',
  'esac',
  '}',
  ']]',
]

/** One command with its redirections. */
export function readCommand(cursor: Cursor): Command {
  cursor.skipBlanks()
  return cursor.nested(() => {
    if (cursor.has('((')) throw new Unclear('"((" is evaluated by the shell')
    if (cursor.take('(')) {
      const body = closed(parseList(cursor, [')']))
      if (!cursor.take(')')) throw new Unclear('it has a "(" that never closes')
      return {kind: 'subshell', body, redirects: redirectsBehind(cursor)}
    }
    const word = peekWord(cursor)
    const read = word === null ? undefined : COMPOUND[word]
    if (read) {
      cursor.at += word?.length ?? 0
      return read(cursor)
    }
    if (word !== null && OTHERS.includes(word)) throw new Unclear(`${shown(word)} is not understood here`)
    return readSimple(cursor)
  })
}

const COMPOUND: Readonly<Record<string, (cursor: Cursor) => Command>> = {
  '{': (cursor) => {
    const body = closed(parseList(cursor, ['}']))
    expectWord(cursor, '}')
    return {kind: 'group', body, redirects: redirectsBehind(cursor)}
  },
  if: (cursor) => readIf(cursor),
  while: (cursor) => readLoop(cursor, []),
  until: (cursor) => readLoop(cursor, []),
  for: (cursor) => readFor(cursor),
  '[[': (cursor) => readTest(cursor),
}

function readIf(cursor: Cursor): Command {
  const condition = closed(parseList(cursor, ['then']))
  expectWord(cursor, 'then')
  const then = closed(parseList(cursor, ['elif', 'else', 'fi']))
  if (peekWord(cursor) === 'elif') {
    cursor.at += 'elif'.length
    const rest = readIf(cursor)
    // The inner one has taken `fi` and what is redirected behind it.
    return {kind: 'if', condition, then, otherwise: listOf(rest), redirects: []}
  }
  const hasElse = peekWord(cursor) === 'else'
  if (hasElse) cursor.at += 'else'.length
  const otherwise = hasElse ? closed(parseList(cursor, ['fi'])) : null
  expectWord(cursor, 'fi')
  return {kind: 'if', condition, then, otherwise, redirects: redirectsBehind(cursor)}
}

function readLoop(cursor: Cursor, words: readonly Word[]): Command {
  const condition = closed(parseList(cursor, ['do']))
  return {kind: 'loop', words, condition, ...readBody(cursor)}
}

function readFor(cursor: Cursor): Command {
  cursor.skipBlanks()
  const name = isWordNext(cursor) ? bareOf(readWord(cursor, readListTo)) : null
  if (name === null || !/^[A-Za-z_]\w*$/.test(name)) throw new Unclear('"for" is not followed by a plain name')
  const words: Word[] = []
  skipLines(cursor)
  if (peekWord(cursor) === 'in') {
    cursor.at += 'in'.length
    for (cursor.skipBlanks(); isWordNext(cursor); cursor.skipBlanks()) words.push(readWord(cursor, readListTo))
  }
  cursor.skipBlanks()
  if (!cursor.take(';') && cursor.letter !== '\n') throw new Unclear('"for" can\u2019t be read')
  skipLines(cursor)
  return {kind: 'loop', words: [nameWord(name), ...words], condition: null, ...readBody(cursor)}
}

function readBody(cursor: Cursor): {body: List; redirects: readonly Redirect[]} {
  expectWord(cursor, 'do')
  const body = closed(parseList(cursor, ['done']))
  expectWord(cursor, 'done')
  return {body, redirects: redirectsBehind(cursor)}
}

/** Its words only; what its operators compare is looked at later. */
function readTest(cursor: Cursor): Command {
  cursor.insistOnBash('[[')
  const words: Word[] = []
  for (;;) {
    cursor.skipBlanks()
    if (cursor.isDone) throw new Unclear('it has a "[[" that never closes')
    if (/[()<>&|\n]/.test(cursor.letter)) cursor.at++
    else {
      if (!isWordNext(cursor)) throw new Unclear('a "[[" can\u2019t be read')
      const word = readWord(cursor, readListTo)
      if (bareOf(word) === ']]') return {kind: 'test', words, redirects: redirectsBehind(cursor)}
      words.push(word)
    }
  }
}

function readSimple(cursor: Cursor): SimpleCommand {
  const [assignments, words, redirects]: [Assignment[], Word[], Redirect[]] = [[], [], []]
  for (;;) {
    cursor.skipBlanks()
    const redirect = readRedirect(cursor, readListTo)
    if (redirect) redirects.push(redirect)
    else if (isWordNext(cursor)) {
      const word = readWord(cursor, readListTo)
      // `{name}>file` is no word but a redirection.
      if (/[<>]/.test(cursor.letter) && /^\{\w+\}$/.test(bareOf(word) ?? ''))
        throw new Unclear('a descriptor is kept in a variable')
      const assignment = words.length === 0 ? assignmentOf(word) : null
      if (assignment) assignments.push(assignment)
      else words.push(word)
    } else if (cursor.letter === '(')
      throw new Unclear('a "(" stands where a word should: a function, an array or a pattern')
    else break
  }
  if (assignments.length + words.length + redirects.length === 0)
    throw new Unclear(`${shown(cursor.text.slice(cursor.at)) || 'its end'} stands where a command should`)
  return {kind: 'simple', assignments, words, redirects}
}

function assignmentOf({pieces, scripts}: Word): Assignment | null {
  const [first, ...rest] = pieces
  if (first?.kind !== 'text' || first.quoted) return null
  const [whole = '', name = ''] = /^([A-Za-z_]\w*)\+?=/.exec(first.text) ?? []
  if (whole === '') return null
  return {name, value: {pieces: [{...first, text: first.text.slice(whole.length)}, ...rest], scripts}}
}

function redirectsBehind(cursor: Cursor): Redirect[] {
  const redirects: Redirect[] = []
  for (;;) {
    cursor.skipBlanks()
    const redirect = readRedirect(cursor, readListTo)
    if (redirect === null) return redirects
    redirects.push(redirect)
  }
}

function expectWord(cursor: Cursor, word: string): void {
  if (peekWord(cursor) !== word) throw new Unclear(`${shown(word)} is missing`)
  cursor.at += word.length
}

function closed(list: List): List {
  if (list.length === 0) throw new Unclear('a list of commands is empty')
  return list
}

function listOf(command: Command): List {
  return [{chain: {kind: 'pipeline', commands: [command], isNegated: false}, isBackground: false}]
}

function nameWord(name: string): Word {
  return {pieces: [{kind: 'text', text: name, quoted: false}], scripts: []}
}
