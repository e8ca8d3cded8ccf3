import type {z} from 'zod'
import {unreadable} from '../kit/errors.js'
import {readFrontmatter} from '../kit/frontmatter.js'
import {isUlid} from '../kit/ids.js'
import {formatYamlValue} from '../kit/yaml.js'
import type {UnknownKey} from './config.js'
import {checkDocument, field, oneOf} from './schema.js'

/** A file that states one fact and is never changed: a header of known keys, and words. */
export interface RecordText {
  /** What the body says, without its last newline. */
  readonly body: string
  readonly unknown: readonly UnknownKey[]
}

export const ulid = field('an id of 26 letters and digits', (value) =>
  typeof value === 'string' && isUlid(value) ? value : undefined,
)
export const time = field('a time such as 2026-11-21T08:30:00Z', (value) =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined,
)
export const hash = field('a hash such as sha256:…', (value) =>
  typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value) ? value : undefined,
)
export const level = oneOf(['P0', 'P1', 'P2', 'P3'])

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** The file's text; keys whose value is null or absent are left out, and so is a body that is null. */
export function formatRecord(fields: Readonly<Record<string, unknown>>, body: string | null): string {
  const lines = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  const head = lines.map(([key, value]) => `${key}: ${formatYamlValue(value)}\n`).join('')
  return `---\n${head}---\n${body === null ? '' : `${body.replace(/\r\n?/g, '\n')}\n`}`
}

/** Reads such a file; without a header, or with one that doesn't fit, it is an error with its place. */
export function parseRecord<T extends z.ZodObject>(
  schema: T,
  source: string,
  {file, hasBody = false}: {readonly file: string; readonly hasBody?: boolean},
): {readonly value: z.output<T>} & RecordText {
  const fix = `git restore ${file}`
  const {head, body} = readFrontmatter(source, file, {fix})
  if (!head?.data) {
    const expected = `frontmatter with ${Object.keys(schema.shape).slice(0, 4).join(', ')}`
    throw unreadable({file, line: 1}, {expected, got: source.trim() === '' ? 'an empty file' : 'none', fix})
  }
  const known = Object.keys(schema.shape)
  const isRefused = (path: readonly unknown[], near: string | null): boolean => path.length > 1 || near !== null
  const {value, unknown} = checkDocument(schema, head, {file, data: head.data, fix, known, isRefused})
  // A body ends with its newline, also an empty one: without it, the rest was cut off.
  if (hasBody && !body.endsWith('\n')) {
    const line = source.split('\n').length
    throw unreadable({file, line}, {expected: 'a last newline below the header', got: 'a file that was cut off', fix})
  }
  return {value, unknown, body: hasBody ? body.slice(0, -1) : ''}
}
