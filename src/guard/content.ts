import {SECRET_SHAPES} from '../kit/secret-shapes.js'
import type {ContentTest, GuardrailContent} from '../workspace/guardrail-file.js'

/** Whether a text holds what should not be there; the maintained rules take longer than a decision may. */
export type SecretTest = (text: string) => boolean

/** The quick pass: shapes that vendors chose so that their tokens could be found. */
export function hasSecretShape(text: string): boolean {
  return SECRET_SHAPES.some(([, shape]) => shape.test(text))
}

/** Whether all that a rule says of a text is so; case and the blanks around a line don't matter. */
export function isLike(text: string, {has, lacks, is}: GuardrailContent, isSecret: SecretTest): boolean {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map(fold)
  const isThere = (patterns: readonly string[]): boolean =>
    patterns.map(fold).some((pattern) => lines.some((line) => coversLine(pattern, line)))
  if (has.length > 0 && !isThere(has)) return false
  if (isThere(lacks)) return false
  return is.every((test) => TESTS[test](text, isSecret))
}

const TESTS: Readonly<Record<ContentTest, (text: string, isSecret: SecretTest) => boolean>> = {
  secret: (text, isSecret) => isSecret(text),
  'blank-value': (text) => text.split(/\r?\n/).some(isBlankValue),
}

/** What stands where a value should, in files of variables and in YAML. */
const NO_VALUE = /^(?:""|''|null|changeme|<[^>]*>)$/i

/** `NAME=`, `NAME=""`, `name: changeme`: a name that is there and says nothing; `name:` alone begins a map of YAML. */
function isBlankValue(line: string): boolean {
  const [, sign = '', rest = ''] = /^\s*(?:export\s+)?[a-z_][a-z0-9_.-]*\s*(=|:\s)(.*)$/i.exec(line) ?? []
  const value = rest.replace(/(?:^|\s)#.*$/, '').trim()
  if (sign === '=') return value === '' || value === 'undefined' || NO_VALUE.test(value)
  return sign !== '' && NO_VALUE.test(value)
}

function fold(line: string): string {
  return line.normalize('NFC').trim().toLowerCase()
}

/** Linear in what the pattern holds between its stars: each is looked for once, from where the last one ended. */
function coversLine(pattern: string, line: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return line === pattern
  if (!line.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = line.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return line.length - last.length >= at && line.endsWith(last)
}
