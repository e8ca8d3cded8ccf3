import {clean} from '../../kit/text.js'
import {lettersOf} from '../../kit/width.js'
import type {ChatKey, KeyName} from './chat-key.js'

/** What is being typed, in one line or several, and where the cursor stands in it. */
export interface Draft {
  readonly text: string
  /** The place in `text`; never inside of a letter that was there before. */
  readonly cursor: number
}

export const EMPTY: Draft = {text: '', cursor: 0}

/** The draft after a key; keys that don't edit leave it alone. */
export function editLine(draft: Draft, key: ChatKey): Draft {
  if (key.kind === 'text') return insert(draft, clean(key.text).replaceAll('\n', ' '))
  if (key.kind === 'paste') return insert(draft, clean(key.text.replace(/\r\n?/g, '\n')))
  return EDITS[key.name]?.(draft) ?? draft
}

/** A whole text with the cursor at its end. */
export function draftOf(text: string): Draft {
  return {text, cursor: text.length}
}

const EDITS: Partial<Record<KeyName, (draft: Draft) => Draft>> = {
  newline: (draft) => insert(draft, '\n'),
  left: (draft) => ({...draft, cursor: beforeLetter(draft)}),
  right: (draft) => ({...draft, cursor: afterLetter(draft)}),
  home: (draft) => ({...draft, cursor: lineStart(draft)}),
  end: (draft) => ({...draft, cursor: lineEnd(draft)}),
  'word-left': (draft) => ({...draft, cursor: beforeWord(draft)}),
  'word-right': (draft) => ({...draft, cursor: afterWord(draft)}),
  up: (draft) => toLine(draft, -1),
  down: (draft) => toLine(draft, 1),
  backspace: (draft) => cut(draft, beforeLetter(draft), draft.cursor),
  delete: (draft) => cut(draft, draft.cursor, afterLetter(draft)),
  'end-of-input': (draft) => cut(draft, draft.cursor, afterLetter(draft)),
  'kill-word': (draft) => cut(draft, beforeWord(draft), draft.cursor),
  'kill-word-after': (draft) => cut(draft, draft.cursor, afterWord(draft)),
  // At the beginning of a line it is the line break that goes.
  'kill-start': (draft) => cut(draft, Math.min(lineStart(draft), Math.max(0, draft.cursor - 1)), draft.cursor),
  'kill-end': (draft) => cut(draft, draft.cursor, Math.max(lineEnd(draft), afterLetter(draft))),
}

function insert({text, cursor}: Draft, more: string): Draft {
  return {text: text.slice(0, cursor) + more + text.slice(cursor), cursor: cursor + more.length}
}

function cut({text}: Draft, from: number, to: number): Draft {
  return {text: text.slice(0, from) + text.slice(to), cursor: from}
}

/** No letter is longer than that; a long text isn't taken apart for each step in it. */
const LONGEST_LETTER = 64

function beforeLetter({text, cursor}: Draft): number {
  return cursor - (lettersOf(text.slice(Math.max(0, cursor - LONGEST_LETTER), cursor)).at(-1)?.length ?? 0)
}

function afterLetter({text, cursor}: Draft): number {
  return cursor + (lettersOf(text.slice(cursor, cursor + LONGEST_LETTER))[0]?.length ?? 0)
}

function lineStart({text, cursor}: Draft): number {
  return text.lastIndexOf('\n', cursor - 1) + 1
}

function lineEnd({text, cursor}: Draft): number {
  const end = text.indexOf('\n', cursor)
  return end < 0 ? text.length : end
}

function beforeWord({text, cursor}: Draft): number {
  let at = cursor
  while (at > 0 && isBlank(text, at - 1)) at--
  while (at > 0 && !isBlank(text, at - 1)) at--
  return at
}

function isBlank(text: string, at: number): boolean {
  return text.charAt(at).trim() === ''
}

function afterWord({text, cursor}: Draft): number {
  return cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0)
}

/** Up or down by a line, as far to the right as before; on the first and the last line it stays. */
function toLine(draft: Draft, step: -1 | 1): Draft {
  const {text} = draft
  const start = lineStart(draft)
  const letters = lettersOf(text.slice(start, draft.cursor)).length
  const other = step < 0 ? lineStart({text, cursor: start - 1}) : lineEnd(draft) + 1
  if ((step < 0 && start === 0) || other > text.length) return draft
  const line = text.slice(other, lineEnd({text, cursor: other}))
  return {text, cursor: other + lettersOf(line).slice(0, letters).join('').length}
}

/** Whether there is no line above, or below. */
export function isAtEdge({text, cursor}: Draft, edge: 'first' | 'last'): boolean {
  return !(edge === 'first' ? text.slice(0, cursor) : text.slice(cursor)).includes('\n')
}
