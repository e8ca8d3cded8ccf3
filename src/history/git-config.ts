import {closeSync, constants, openSync, readFileSync} from 'node:fs'
import {EXIT, UserError} from '../kit/errors.js'
import {errnoOf} from '../kit/storage-error.js'

/** One setting as it stands in a repository's config; `key` is lower case but for its middle part. */
export interface ConfigEntry {
  readonly key: string
  readonly value: string
  readonly file: string
  readonly line: number
}

/** Reads git's config format far enough to know every key that git would see; nothing is run or included. */
export function parseGitConfig(text: string, file: string): ConfigEntry[] {
  const entries: ConfigEntry[] = []
  let section = ''
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1
    let rest = (lines[index] ?? '').replace(/\r$/, '').trimStart()
    const header = /^\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]/.exec(rest)
    if (header) {
      const middle = header[2]?.replace(/\\(.)/g, '$1')
      section = middle === undefined ? sectionKey(header[1] ?? '') : `${header[1]?.toLowerCase()}.${middle}`
      rest = rest.slice(header[0].length).trimStart()
    } else if (rest.startsWith('[')) {
      throw unreadableConfig(file, line)
    }
    if (rest === '' || rest.startsWith('#') || rest.startsWith(';')) continue
    const name = /^[A-Za-z][\w-]*/.exec(rest)?.[0]
    if (!name || section === '') throw unreadableConfig(file, line)
    const after = rest.slice(name.length).trimStart()
    if (after !== '' && !after.startsWith('=')) throw unreadableConfig(file, line)
    const {value, last} = readValue(lines, {first: index, text: after.slice(1), file})
    entries.push({key: `${section}.${name.toLowerCase()}`, value, file, line})
    index = last
  }
  return entries
}

/** Reads a file of git's own; a pipe that somebody put in its place says nothing, instead of keeping us waiting for ever. */
export function readUnwaiting(file: string): string {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return readFileSync(fd, 'utf8')
  } finally {
    closeSync(fd)
  }
}

/** The entries of a config file; none when there is no such file. */
export function readGitConfig(file: string): ConfigEntry[] {
  try {
    return parseGitConfig(readUnwaiting(file), file)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

/** The last value wins, as in git. */
export function configValue(entries: readonly ConfigEntry[], key: string): string | null {
  return entries.findLast((entry) => entry.key === key)?.value ?? null
}

function sectionKey(name: string): string {
  // The old form [branch.main] is the same as [branch "main"].
  return name.toLowerCase()
}

/**
 * A value letter by letter, as git reads it: a backslash at a line's end goes on with the next one, but not in a note.
 * A line that only we took for part of a value would be a setting that only git sees.
 */
function readValue(
  lines: readonly string[],
  {first, text, file}: {first: number; text: string; file: string},
): {value: string; last: number} {
  let [value, blanks, isQuoted, last, rest] = ['', '', false, first, text]
  for (let at = 0; at < rest.length; at++) {
    const letter = rest[at] ?? ''
    if (!isQuoted && (letter === '#' || letter === ';')) return {value, last}
    if (!isQuoted && /\s/.test(letter)) {
      blanks += value === '' ? '' : letter
      continue
    }
    value += blanks
    blanks = ''
    if (letter === '"') {
      isQuoted = !isQuoted
    } else if (letter !== '\\') {
      value += letter
    } else if (at + 1 < rest.length) {
      at++
      value += readEscape(rest[at] ?? '', {file, line: last + 1})
    } else {
      last++
      rest = (lines[last] ?? '').replace(/\r$/, '')
      at = -1
    }
  }
  if (isQuoted) throw unreadableConfig(file, last + 1)
  return {value, last}
}

const ESCAPES: Readonly<Record<string, string>> = {n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\'}

function readEscape(letter: string, {file, line}: {file: string; line: number}): string {
  const plain = ESCAPES[letter]
  if (plain === undefined) throw unreadableConfig(file, line)
  return plain
}

function unreadableConfig(file: string, line: number): UserError {
  return new UserError(`${file}:${line}: expected a [section] or a key of git's config, got something else.`, {
    code: 'GIT_CONFIG',
    fix: `Look at that line; \`git config --file ${file} --list\` tells what git makes of it.`,
    exit: EXIT.failed,
  })
}
