import type {ContentTest, GuardrailContent} from '../workspace/guardrail-file.js'
import {isSecret as hasSecret} from './secrets/find.js'

/** Whether a text holds what should not be there; the maintained rules take longer than a decision may. */
export type SecretTest = (text: string) => boolean

/** The quick pass, which knows vendors' tokens and none of the fleet's own. */
export function hasSecretShape(text: string): boolean {
  return hasSecret(text)
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
  'blank-value': (text) => text.split(/\r?\n/).some((line) => BLANK_VALUE.test(line)),
}

/** `NAME=`, `NAME=""`, `name: changeme`: a name that is there and says nothing; `name:` alone begins a map of YAML. */
const BLANK_VALUE =
  /^[ \t]*(?:export[ \t]+)?[a-z_][a-z0-9_.-]*[ \t]*(?:=[ \t]*(?:""|''|null|undefined|changeme|<[^>]*>)?|:[ \t]+(?:""|''|null|changeme|<[^>]*>))[ \t]*(?:#.*)?$/i

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
