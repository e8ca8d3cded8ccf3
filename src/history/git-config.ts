import {readFileSync} from 'node:fs'
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
    let value = rest.slice(name.length).trim()
    while (/(^|[^\\])(\\\\)*\\$/.test(value) && index + 1 < lines.length) {
      index++
      value = value.slice(0, -1) + (lines[index] ?? '').replace(/\r$/, '')
    }
    entries.push({key: `${section}.${name.toLowerCase()}`, value: plainValue(value), file, line})
  }
  return entries
}

/** The entries of a config file; none when there is no such file. */
export function readGitConfig(file: string): ConfigEntry[] {
  try {
    return parseGitConfig(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

/** The last value wins, as in git. */
export function configValue(entries: readonly ConfigEntry[], key: string): string | null {
  return entries.findLast((entry) => entry.key === key)?.value ?? null
}

/** True as git takes it: `key` alone, `= true`, `yes`, `on`, or a number but 0. */
export function isTrue(value: string | null): boolean {
  return value !== null && /^(|true|yes|on|[1-9]\d*)$/i.test(value)
}

function sectionKey(name: string): string {
  // The old form [branch.main] is the same as [branch "main"].
  return name.toLowerCase()
}

function plainValue(raw: string): string {
  if (!raw.startsWith('=')) return ''
  let value = ''
  let isQuoted = false
  for (const part of raw
    .slice(1)
    .trimStart()
    .match(/\\.|[^\\]/gs) ?? []) {
    if (part === '"') isQuoted = !isQuoted
    else if (!isQuoted && (part === '#' || part === ';')) break
    else value += part.length === 2 ? unescapePair(part) : part
  }
  return isQuoted ? value : value.trimEnd()
}

function unescapePair(pair: string): string {
  return {'\\n': '\n', '\\t': '\t', '\\b': '\b'}[pair] ?? pair.slice(1)
}

function unreadableConfig(file: string, line: number): UserError {
  return new UserError(`${file}:${line}: expected a [section] or a key of git's config, got something else.`, {
    code: 'GIT_CONFIG',
    fix: `Look at that line; \`git config --file ${file} --list\` tells what git makes of it.`,
    exit: EXIT.failed,
  })
}
