/** One `[table]` of a TOML text: its name's parts, and the stretch from its header to the next one. */
export interface TomlTable {
  readonly name: readonly string[]
  readonly start: number
  readonly end: number
}

/** What a TOML text is made of, without reading a single value. */
export interface TomlOutline {
  readonly tables: readonly TomlTable[]
  /** Keys that stand above the first table, by their first part. */
  readonly topKeys: readonly string[]
  /** Whether its strings and brackets all end. */
  readonly isWhole: boolean
}

const TRIPLE = ['"""', "'''"] as const

/**
 * Finds the tables of a TOML text so that an edit can leave every other character alone. What looks like a header inside a
 * string, a comment or a list is none.
 */
export function outlineToml(text: string): TomlOutline {
  const headers: {name: string[]; start: number}[] = []
  const topKeys: string[] = []
  let depth = 0
  let isLineStart = true
  let at = 0
  while (at < text.length) {
    const letter = text[at] ?? ''
    if (isLineStart && depth === 0 && !/\s/.test(letter)) {
      const header = headerAt(text, at)
      if (header !== null) {
        headers.push({name: header.name, start: at})
        at = header.end
        isLineStart = false
        continue
      }
      const key = letter === '#' || headers.length > 0 ? null : keyAt(text, at)
      if (key !== null) topKeys.push(key)
    }
    const end = skipOne(text, at)
    if (end === null) return {tables: close(headers, text), topKeys, isWhole: false}
    if (letter === '[' || letter === '{') depth++
    if (letter === ']' || letter === '}') depth--
    isLineStart = letter === '\n' || (isLineStart && /\s/.test(letter))
    at = end
  }
  return {tables: close(headers, text), topKeys, isWhole: depth === 0}
}

/** Behind a string, a comment or one character; null: a string that doesn't end. */
function skipOne(text: string, at: number): number | null {
  const triple = TRIPLE.find((quotes) => text.startsWith(quotes, at))
  if (triple !== undefined) return endOfString(text, at + 3, triple)
  const letter = text[at]
  if (letter === '"' || letter === "'") return endOfString(text, at + 1, letter)
  if (letter !== '#') return at + 1
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function endOfString(text: string, from: number, quotes: string): number | null {
  const isBasic = quotes.startsWith('"')
  for (let at = from; at < text.length; at++) {
    if (isBasic && text[at] === '\\') at++
    else if (text.startsWith(quotes, at)) {
      let end = at + quotes.length
      // A string of three quotes may end in up to two more.
      while (quotes.length === 3 && text[end] === quotes[0] && end < at + 5) end++
      return end
    } else if (quotes.length === 1 && text[at] === '\n') return null
  }
  return null
}

const BARE = /^[A-Za-z0-9_-]+/
const PART = /^(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/

function headerAt(text: string, at: number): {name: string[]; end: number} | null {
  const line = text.slice(at, endOfLine(text, at))
  const open = /^\[\[?[ \t]*/.exec(line)?.[0]
  if (open === undefined) return null
  const name: string[] = []
  let rest = line.slice(open.length)
  for (;;) {
    const part = PART.exec(rest)?.[0]
    if (part === undefined) return null
    name.push(unquote(part))
    rest = rest.slice(part.length).replace(/^[ \t]*/, '')
    if (rest.startsWith(']')) return {name, end: at + line.length - rest.length + (open.startsWith('[[') ? 2 : 1)}
    if (!rest.startsWith('.')) return null
    rest = rest.slice(1).replace(/^[ \t]*/, '')
  }
}

function keyAt(text: string, at: number): string | null {
  const line = text.slice(at, endOfLine(text, at))
  const part = PART.exec(line)?.[0]
  return part === undefined ? null : unquote(part)
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function unquote(part: string): string {
  if (BARE.test(part)) return part
  if (part.startsWith("'")) return part.slice(1, -1)
  try {
    return String(JSON.parse(part))
  } catch {
    // An escape that only TOML knows: then the name is as it stands, and none of ours.
    return part
  }
}

function close(headers: readonly {name: string[]; start: number}[], text: string): TomlTable[] {
  return headers.map(({name, start}, index) => ({name, start, end: headers[index + 1]?.start ?? text.length}))
}
