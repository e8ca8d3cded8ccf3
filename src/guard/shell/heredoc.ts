import type {Cursor, PendingHeredoc} from './cursor.js'
import type {Word} from './syntax.js'
import {Unclear} from './unclear.js'
import {WordBuilder} from './word-builder.js'
import {type ReadList, readDouble} from './words.js'

/** Reads the texts that the line just ended has named; the cursor stands behind its line break. */
export function readHeredocs(cursor: Cursor, readList: ReadList): void {
  const waiting = cursor.pending
  cursor.pending = []
  for (const heredoc of waiting) heredoc.fill(wordOf(readBody(cursor, heredoc), heredoc, {cursor, readList}))
}

function readBody(cursor: Cursor, {delimiter, isLiteral, stripsTabs}: PendingHeredoc): string {
  const lines: string[] = []
  while (!cursor.isDone) {
    const end = cursor.text.indexOf('\n', cursor.at)
    const raw = cursor.text.slice(cursor.at, end === -1 ? undefined : end)
    cursor.at = end === -1 ? cursor.text.length : end + 1
    const line = stripsTabs ? raw.replace(/^\t+/, '') : raw
    if (line === delimiter) {
      // Without quotes a backslash joins lines first, and shells differ in what that does to the last one.
      if (!isLiteral && /(?:^|[^\\])(?:\\\\)*\\$/.test(lines.at(-1) ?? ''))
        throw new Unclear('a here-document ends in a backslash')
      return lines.map((text) => `${text}\n`).join('')
    }
    lines.push(line)
  }
  throw new Unclear(`its here-document never comes to ${JSON.stringify(delimiter)}`)
}

function wordOf(
  text: string,
  {isLiteral}: PendingHeredoc,
  {cursor, readList}: {cursor: Cursor; readList: ReadList},
): Word {
  const word = new WordBuilder()
  if (isLiteral) word.text(text, true)
  // Lines are joined before anything else is looked at, inside of a command's own quotes, too.
  else if (/\\\n/.test(text) && /[$`]/.test(text)) throw new Unclear('a here-document joins lines and runs commands')
  else readDouble(cursor.inner(text), {word, readList, end: ''})
  return {pieces: word.pieces, scripts: word.scripts}
}
