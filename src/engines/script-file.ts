import {UserError, unreadable} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import {parseYaml, type YamlDocument} from '../kit/yaml.js'
import type {AnswerEnd, ClaimedUsage, StopReason} from './engine.js'
import type {ToolCall} from './prompt.js'

/** One answer of a script: given in its turn, or whenever the last step says what it waits for. */
export interface ScriptedAnswer {
  /** Words of the last step, in any case; null: in the order of the file, once. */
  readonly when: string | null
  readonly text: string
  readonly calls: readonly Omit<ToolCall, 'id'>[]
  /** null: as what it holds would end. */
  readonly end: AnswerEnd | null
  /** Fails like this instead of answering. */
  readonly stop: StopReason | null
  readonly retryAfterMs: number | null
  /** null: worked out from the sizes of what was sent and answered. */
  readonly usage: Partial<ClaimedUsage> | null
}

/** An answer that says and does nothing. */
export const SILENT: ScriptedAnswer = {
  when: null,
  text: '',
  calls: [],
  end: null,
  stop: null,
  retryAfterMs: null,
  usage: null,
}

const STOPS: readonly StopReason[] = [
  'overloaded',
  'unreachable',
  'silent',
  'cut',
  'unauthorized',
  'spent',
  'invalid',
  'too-long',
  'interrupted',
]
const ENDS: readonly AnswerEnd[] = ['done', 'calls', 'length', 'refusal', 'unknown']
const KEYS = ['when', 'text', 'calls', 'end', 'stop', 'retry_after', 'usage']
const USAGE_KEYS: Readonly<Record<string, keyof ClaimedUsage>> = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
  cost_usd: 'costUsd',
}

/** The answers of a script that lies in the home. */
export function readScript(files: Folder, file: string): ScriptedAnswer[] {
  const text = files.readText(file)
  if (text !== null) return parseScript(text, file)
  throw new UserError(`There is no script ${file} for the scripted engine.`, {
    code: 'NO_SCRIPT',
    fix: `Write ${file}, beginning with "answers:", or take the engine out of mcos.yaml.`,
  })
}

/** Reads a script; whatever can't be read in it is named with its line. */
export function parseScript(text: string, file: string): ScriptedAnswer[] {
  const document = parseYaml(text, {file})
  const answers = isRecord(document.data) ? document.data['answers'] : undefined
  if (!Array.isArray(answers)) {
    throw unreadable({file, line: 1}, {expected: 'a list under "answers:"', got: 'none', fix: `Correct ${file}.`})
  }
  return answers.map((answer, index) => parseAnswer(answer, {document, file, path: ['answers', index]}))
}

interface Place {
  readonly document: YamlDocument
  readonly file: string
  readonly path: readonly (string | number)[]
}

function parseAnswer(value: unknown, place: Place): ScriptedAnswer {
  if (typeof value === 'string') return {...SILENT, text: value}
  const map = recordOf(value, place)
  for (const key of Object.keys(map)) if (!KEYS.includes(key)) fail(at(place, key), `one of ${KEYS.join(', ')}`, key)
  const seconds = map['retry_after'] ?? null
  return {
    when: textAt(map, 'when', place),
    text: textAt(map, 'text', place) ?? '',
    calls: listAt(map, 'calls', place).map((call, index) => parseCall(call, at(place, 'calls', index))),
    end: wordAt(map, 'end', {words: ENDS, place}),
    stop: wordAt(map, 'stop', {words: STOPS, place}),
    retryAfterMs: seconds === null ? null : amountAt(seconds, at(place, 'retry_after')) * 1000,
    usage: map['usage'] === undefined ? null : parseUsage(map['usage'], at(place, 'usage')),
  }
}

function parseCall(value: unknown, place: Place): Omit<ToolCall, 'id'> {
  const map = recordOf(value, place)
  const tool = textAt(map, 'tool', place)
  if (tool === null) return fail(place, 'a call such as {tool: log, input: {text: Done}}', value)
  return {tool, input: map['input'] === undefined ? {} : recordOf(map['input'], at(place, 'input'))}
}

function parseUsage(value: unknown, place: Place): Partial<ClaimedUsage> {
  return Object.fromEntries(
    Object.entries(recordOf(value, place)).map(([key, amount]) => {
      const name = Object.hasOwn(USAGE_KEYS, key) ? USAGE_KEYS[key] : undefined
      if (name === undefined) return fail(at(place, key), `one of ${Object.keys(USAGE_KEYS).join(', ')}`, key)
      return [name, amountAt(amount, at(place, key))]
    }),
  )
}

function amountAt(value: unknown, place: Place): number {
  return typeof value === 'number' && value >= 0 ? value : fail(place, 'a number from 0', value)
}

function recordOf(value: unknown, place: Place): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : fail(place, 'a map', value)
}

function listAt(map: Readonly<Record<string, unknown>>, key: string, place: Place): readonly unknown[] {
  const value = map[key] ?? []
  return Array.isArray(value) ? value : fail(at(place, key), 'a list', value)
}

function textAt(map: Readonly<Record<string, unknown>>, key: string, place: Place): string | null {
  const value = map[key] ?? null
  return value === null || typeof value === 'string' ? value : fail(at(place, key), 'a text', value)
}

function wordAt<T extends string>(
  map: Readonly<Record<string, unknown>>,
  key: string,
  {words, place}: {words: readonly T[]; place: Place},
): T | null {
  const value = map[key] ?? null
  if (value === null) return null
  return words.find((word) => word === value) ?? fail(at(place, key), `one of ${words.join(', ')}`, value)
}

function at(place: Place, ...path: (string | number)[]): Place {
  return {...place, path: [...place.path, ...path]}
}

function fail({document, file, path}: Place, expected: string, value: unknown): never {
  const got = (JSON.stringify(value) ?? 'nothing').slice(0, 60)
  const line = document.lineOf([...path])
  throw unreadable({file, line}, {expected: `${path.join('.')}: ${expected}`, got, fix: `Correct ${file}.`})
}
