import {z} from 'zod'
import {splitCommand} from '../kit/command-line.js'
import {UserError, unreadable} from '../kit/errors.js'
import type {YamlDocument} from '../kit/yaml.js'
import type {UnknownKey} from './config.js'
import {parseDuration} from './duration.js'
import {isAgentName, nearestName} from './names.js'
import {parseSecretRef, REFERENCE_EXPECTED, type SecretRef} from './secret-ref.js'

/** A value that `parse` takes or refuses with undefined; `expected` is what a person is told, after the word "expected". */
export function field<T>(expected: string, parse: (value: unknown) => T | undefined) {
  return z.unknown().transform((value, context): T => {
    const parsed = parse(value)
    if (parsed !== undefined) return parsed
    context.addIssue({code: 'custom', message: expected})
    return z.NEVER
  })
}

export const text = field('a text', (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined))
export const flag = field('true or false', (value) => (typeof value === 'boolean' ? value : undefined))
export const agentName = field('a name of a-z, 0-9 and "-"', (value) =>
  typeof value === 'string' && isAgentName(value) ? value : undefined,
)
export const secret = field(REFERENCE_EXPECTED, readRef)
export const secretOrText = field<SecretRef | string>('a text or a reference such as env:NAME', (value) =>
  typeof value === 'string' && value.trim() !== '' ? (parseSecretRef(value) ?? value) : undefined,
)
export const webAddress = field('a web address that begins with http:// or https://', readUrl)
export const webAddressOrSecret = field<SecretRef | string>(
  'a web address, or a reference such as env:NAME',
  (value) => readRef(value) ?? readUrl(value),
)
export const duration = field('a duration such as 30s, 2m, 1h or 7d', (value) =>
  typeof value === 'string' ? (parseDuration(value) ?? undefined) : undefined,
)
export const count = field('a whole number from 1', (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined,
)
export const amount = field('a number from 0', (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined,
)
export const command = field('a program and its arguments, such as [npx, gsc-mcp]', readCommand)
export const texts = z.array(text, {error: 'a list such as [one, two]'})
export const agentNames = z.array(agentName, {error: 'a list of names such as [donna, atlas]'})
export const budget = z.strictObject(
  {usd_per_day: amount.optional(), tokens_per_day: amount.optional(), turns_per_day: amount.optional()},
  {error: 'limits such as {usd_per_day: 3}'},
)

/** One of some words. */
export function oneOf<const T extends string>(words: readonly T[]) {
  return field(words.join(', '), (value) => words.find((word) => word === value))
}

/** A map whose keys people choose; `key` says what such a key must be. */
export function named<T extends z.ZodType>(
  value: T,
  key: {readonly expected: string; readonly is: (key: string) => boolean},
) {
  return z.record(z.string(), value, {error: 'a map of names'}).superRefine((map, context) => {
    for (const name of Object.keys(map)) {
      if (!key.is(name)) context.addIssue({code: 'custom', message: key.expected, path: [name], params: {isKey: true}})
    }
  })
}

interface Problem {
  readonly path: readonly (string | number)[]
  readonly expected: string
  readonly isKey: boolean
}

interface Checking {
  readonly file: string
  readonly data: unknown
  readonly fix: string
  /** The words an unknown key may have been meant for. */
  readonly known: readonly string[]
  /** Unknown keys that are faults; by default none is. */
  readonly isRefused?: (path: readonly (string | number)[], near: string | null) => boolean
}

/** Checks a document against a schema; keys the schema doesn't know are listed, every other fault is thrown, the topmost first. */
export function checkDocument<T extends z.ZodType>(
  schema: T,
  document: YamlDocument,
  {file, data, fix, known, isRefused}: Checking,
): {readonly value: z.output<T>; readonly unknown: readonly UnknownKey[]} {
  const unknown: UnknownKey[] = []
  const copy: unknown = structuredClone(data)
  for (;;) {
    const result = schema.safeParse(copy)
    if (result.success) return {value: result.data, unknown}
    const issues = result.error.issues
    const strange = issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...pathOf(issue.path), key]) : [],
    )
    for (const path of strange) {
      const meant = nearestName(String(path.at(-1)), known)
      // A word that is known in another place only is meant for itself, which helps nobody.
      const near = meant === path.at(-1) ? null : meant
      if (isRefused?.(path, meant)) {
        const expected = near ? `a known key (${near}?)` : 'a known key'
        throw faultAt({path, expected, isKey: true}, {document, data, file, fix})
      }
      unknown.push({path: path.join('.'), line: document.lineOf(path), near})
      removeAt(copy, path)
    }
    const problems = issues.filter((issue) => issue.code !== 'unrecognized_keys').map(toProblem)
    const [first] = problems.sort((a, b) => document.lineOf(a.path) - document.lineOf(b.path))
    if (first) throw faultAt(first, {document, data, file, fix})
    if (strange.length === 0) throw new UserError(`${file} can't be read.`, {code: 'UNREADABLE', fix})
  }
}

/** The error for one key of a document. */
export function faultAt(
  {path, expected, isKey}: Problem,
  {document, data, file, fix}: {document: YamlDocument; data: unknown; file: string; fix: string},
): UserError {
  const key = path.filter((step) => typeof step === 'string').at(-1)
  const value = path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), data)
  const got = isKey
    ? JSON.stringify(path.at(-1))
    : describeValue(value, expected.startsWith('a reference') || isPrivate(key))
  const where = path.length > 0 ? `${path.join('.')}: ` : ''
  return unreadable({file, line: document.lineOf(path)}, {expected: `${where}${expected}`, got, fix})
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  const isKey = issue.code === 'custom' && issue.params?.['isKey'] === true
  const discriminator = issue.code === 'invalid_union' && issue.discriminator ? [issue.discriminator] : []
  const path = pathOf(issue.path)
  const at = discriminator.length > 0 && path.at(-1) === discriminator[0] ? path : [...path, ...discriminator]
  return {path: at, expected: issue.message, isKey}
}

function pathOf(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((step) => (typeof step === 'number' ? step : String(step)))
}

/** Never the text of what may be a secret. */
function describeValue(value: unknown, isSecret: boolean): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (isSecret) return 'a plain value'
  const shown = JSON.stringify(value)
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
}

function isPrivate(key: string | number | undefined): boolean {
  return /key|token|secret|password|credential/i.test(String(key ?? ''))
}

function readRef(value: unknown): SecretRef | undefined {
  return typeof value === 'string' ? (parseSecretRef(value) ?? undefined) : undefined
}

function readUrl(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\/[^\s/]/.test(value) && URL.canParse(value) ? value : undefined
}

function readCommand(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((part) => typeof part === 'string' && part !== '') ? value : undefined
  }
  if (typeof value !== 'string' || value.trim() === '') return undefined
  try {
    return splitCommand(value)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function removeAt(data: unknown, path: readonly (string | number)[]): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), data)
  if (isObject(parent)) delete parent[path.at(-1) ?? '']
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}
