import {isRecord} from '../../kit/is-record.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {ProcessEnd} from './dialect.js'

type Fields = Readonly<Record<string, unknown>>

/** A nested object of an outside value; empty where there is none. */
export function fieldsOf(value: unknown, key: string): Fields {
  const inner = isRecord(value) ? value[key] : undefined
  return isRecord(inner) ? inner : {}
}

export function stringOf(value: unknown, key: string): string | null {
  const inner = isRecord(value) ? value[key] : undefined
  return typeof inner === 'string' ? inner : null
}

export function listOf(value: unknown, key: string): readonly unknown[] {
  const inner = isRecord(value) ? value[key] : undefined
  return Array.isArray(inner) ? inner : []
}

/** A count or a sum that can be believed to be one: finite and not below 0; null for anything else. */
export function amountOf(value: unknown, key: string): number | null {
  const inner = isRecord(value) ? value[key] : undefined
  return typeof inner === 'number' && Number.isFinite(inner) && inner >= 0 ? inner : null
}

/** The same for what may be left out; 0 then, and for nonsense. */
export function countOf(value: unknown, key: string): number {
  return amountOf(value, key) ?? 0
}

/** Text of a program on one line, at a length that a log bears. */
export function brief(text: string, max = 200): string {
  return shorten(cleanLine(text), max)
}

/** What a tool of a program's own was used on: its path, its command, or else its arguments. */
export function describeInput(input: unknown): string {
  for (const key of ['file_path', 'path', 'command', 'pattern', 'url', 'query']) {
    const value = stringOf(input, key)
    if (value) return brief(value)
  }
  return isRecord(input) && Object.keys(input).length > 0 ? brief(JSON.stringify(input)) : ''
}

/** What became of a program that never said how it ended. */
export function withoutResult({code, signal}: ProcessEnd, words: string): string {
  const how = code === null ? `was ended by ${signal}` : `ended with exit ${code}`
  return brief(`it ${how} without a result${words === '' ? '' : `: ${words}`}`, 300)
}
