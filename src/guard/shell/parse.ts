import {bareOf, type Cursor} from './cursor.js'
import {readHeredocs} from './heredoc.js'
import {readCommand} from './parse-command.js'
import type {Chain, Command, List, Pipeline, Statement} from './syntax.js'
import {shown, Unclear} from './unclear.js'
import {isWordNext, readWord} from './words.js'

/** A whole command line. What isn't understood to the last letter is not understood. */
export function parseScript(cursor: Cursor): List {
  const list = parseList(cursor, [])
  if (!cursor.isDone) throw new Unclear(`${shown(cursor.text.slice(cursor.at))} can't be read`)
  if (cursor.pending.length > 0) throw new Unclear('its here-document never begins')
  return list
}

/** Statements up to a closing letter or one of the shell's own words, which is left standing. */
export function parseList(cursor: Cursor, ends: readonly string[]): List {
  const list: Statement[] = []
  for (;;) {
    skipLines(cursor)
    if (isAtEnd(cursor, ends)) return list
    const chain = parseChain(cursor)
    const isBackground = cursor.letter === '&'
    list.push({chain, isBackground})
    if (!cursor.has(';;') && (cursor.take('&') || cursor.take(';'))) continue
    if (cursor.letter === '\n') continue
    if (isAtEnd(cursor, ends)) return list
    throw new Unclear(`${shown(cursor.text.slice(cursor.at))} can't be read`)
  }
}

/** The list between `(` and `)`. */
export function readListTo(cursor: Cursor, end: ')'): List {
  return parseList(cursor, [end])
}

/** The word of the shell's own that stands here, without taking it. */
export function peekWord(cursor: Cursor): string | null {
  const start = cursor.at
  if (!/[a-z{}![]/.test(cursor.letter)) return null
  const [letters = ''] = /^[a-z{}![\]]+(?=[ \t\n;&|()<>]|$)/.exec(cursor.text.slice(start, start + 12)) ?? []
  return letters === '' ? null : letters
}

export function skipLines(cursor: Cursor): void {
  for (;;) {
    cursor.skipBlanks()
    if (cursor.letter !== '\n') return
    cursor.at++
    readHeredocs(cursor, readListTo)
  }
}

function isAtEnd(cursor: Cursor, ends: readonly string[]): boolean {
  if (cursor.isDone) return true
  return ends.some((end) => (end === ')' ? cursor.letter === ')' : peekWord(cursor) === end))
}

function parseChain(cursor: Cursor): Chain {
  let chain: Chain = parsePipeline(cursor)
  for (;;) {
    cursor.skipBlanks()
    const kind = cursor.take('&&') ? 'and' : cursor.take('||') ? 'or' : null
    if (kind === null) return chain
    skipLines(cursor)
    chain = {kind, left: chain, right: parsePipeline(cursor)}
  }
}

function parsePipeline(cursor: Cursor): Pipeline {
  let isNegated = false
  for (cursor.skipBlanks(); peekWord(cursor) === '!'; cursor.skipBlanks()) {
    cursor.at++
    isNegated = !isNegated
  }
  if (peekWord(cursor) === 'time') skipTime(cursor)
  const commands: Command[] = [readCommand(cursor)]
  for (;;) {
    cursor.skipBlanks()
    if (cursor.has('||') || cursor.letter !== '|') return {kind: 'pipeline', commands, isNegated}
    if (cursor.take('|&')) cursor.insistOnBash('|&')
    else cursor.at++
    skipLines(cursor)
    commands.push(readCommand(cursor))
  }
}

function skipTime(cursor: Cursor): void {
  cursor.at += 'time'.length
  cursor.skipBlanks()
  const start = cursor.at
  if (isWordNext(cursor) && bareOf(readWord(cursor, readListTo)) !== '-p') cursor.at = start
  cursor.skipBlanks()
}
