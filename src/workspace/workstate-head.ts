import {isUserError, unreadable} from '../kit/errors.js'

export interface WorkstateHead {
  readonly turn: string | null
  /** ISO time. */
  readonly at: string | null
  /** Tokens. */
  readonly contextUsed: number | null
  readonly window: number | null
  readonly engine: string | null
  /** How often a new context has gone on from here. */
  readonly resumes: number
  /** Header lines that aren't known, as they are. */
  readonly other: readonly string[]
}

interface SplitFile {
  readonly head: WorkstateHead
  readonly body: string
  /** The file's line on which the body begins. */
  readonly bodyLine: number
}

/** Of a broken header more is not looked at. */
const MOST_LINES = 100

const KEYS = ['turn', 'at', 'context_used', 'window', 'engine', 'resumes'] as const

/** The header of WORKSTATE.md: one `key: value` a line, so that a turn reads it without a YAML library. */
export function formatHead(head: WorkstateHead): string {
  const values = [head.turn, head.at, head.contextUsed, head.window, head.engine, head.resumes]
  const lines = KEYS.map((key, index) => `${key}: ${values[index] ?? 'null'}`)
  return `---\n${[...lines, ...head.other].join('\n')}\n---\n`
}

/** A file without a header is a person's; one with a header that doesn't close was cut off. */
export function parseHead(text: string, file: string): SplitFile {
  const fix = `git restore ${file}`
  if (!text.startsWith('---\n')) return {head: readFields(new Map(), {file, fix, other: []}), body: text, bodyLine: 1}
  const end = text.indexOf('\n---\n', 3)
  if (end < 0) {
    const line = text.split('\n').length
    throw unreadable({file, line}, {expected: 'a line "---" that ends the header', got: 'the end of the file', fix})
  }
  const lines = text.slice(4, end).split('\n')
  const fields = new Map<string, Field>()
  const other: string[] = []
  lines.forEach((source, index) => {
    const [, key = '', value = ''] = /^([a-z_]+): *(.*?) *$/.exec(source) ?? []
    const line = index + 2
    if (!KEYS.some((known) => known === key)) other.push(source)
    else if (fields.has(key)) throw unreadable({file, line}, {expected: `"${key}" once`, got: 'it a second time', fix})
    else fields.set(key, {value: value === 'null' ? null : value.replace(/^"(.*)"$/, '$1'), line})
  })
  return {head: readFields(fields, {file, fix, other}), body: text.slice(end + 5), bodyLine: lines.length + 3}
}

/** What of a header that can't be read says something: each line by itself, up to its end or to what is no line of one. */
export function salvageHead(text: string): SplitFile {
  const lines = text.split('\n')
  const start = lines[0] === '---' ? 1 : 0
  const end = start === 0 ? -1 : lines.indexOf('---', 1)
  const inside = end < 0 ? lines.slice(start).findIndex((line) => !/^[a-z_]+:/.test(line)) : end - start
  const count = start === 0 ? 0 : inside < 0 ? lines.length - start : inside
  const read = (some: readonly string[]) => parseHead(`---\n${some.join('\n')}\n---\n`, '').head
  const good: string[] = []
  for (const line of lines.slice(start, start + Math.min(count, MOST_LINES))) {
    try {
      read([...good, line])
      good.push(line)
    } catch (error) {
      // That line says nothing, which is what is looked for here.
      if (!isUserError(error)) throw error
    }
  }
  const bodyAt = start + count + (end < 0 ? 0 : 1)
  return {head: read(good), body: lines.slice(bodyAt).join('\n'), bodyLine: bodyAt + 1}
}

interface Field {
  readonly value: string | null
  readonly line: number
}

interface Reading {
  readonly file: string
  readonly fix: string
  readonly other: readonly string[]
}

function readFields(fields: ReadonlyMap<string, Field>, {file, fix, other}: Reading): WorkstateHead {
  const read = (key: (typeof KEYS)[number], {expected, is}: {expected: string; is: RegExp}): string | null => {
    const field = fields.get(key)
    if (!field || field.value === null) return null
    if (is.test(field.value)) return field.value
    throw unreadable({file, line: field.line}, {expected: `${key}: ${expected}`, got: JSON.stringify(field.value), fix})
  }
  const count = (key: 'context_used' | 'window' | 'resumes'): number | null => {
    const value = read(key, {expected: 'a whole number', is: /^\d{1,15}$/})
    return value === null ? null : Number(value)
  }
  return {
    turn: read('turn', {expected: 'the id of a turn', is: /^t_[0-9A-HJKMNP-TV-Z]{26}$/}),
    at: read('at', {expected: 'an ISO time', is: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/}),
    contextUsed: count('context_used'),
    window: count('window'),
    engine: read('engine', {expected: 'the name of an engine', is: /^[A-Za-z0-9][\w.-]{0,63}$/}),
    resumes: count('resumes') ?? 0,
    other,
  }
}
