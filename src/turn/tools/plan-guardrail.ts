import {failedExamples} from '../../guard/guardrail-examples.js'
import {contentHash} from '../../kit/hash.js'
import {clean, cleanLine, shorten} from '../../kit/text.js'
import type {Change} from '../../workspace/change.js'
import {parseGuardrail} from '../../workspace/guardrail-file.js'
import {MOST_MISTAKES, parseMistakes} from '../../workspace/mistakes.js'
import {BadCall} from '../bad-call.js'
import type {ToolContext} from '../tool.js'
import {type ProposedGuardrail, placeOf} from './proposed-guardrail.js'

const LONGEST_LINE = 400
const LONGEST_RULE = 8_000

type Write = Extract<Change, {kind: 'write'}>

/** Read and tried the same way when it is proposed and when it is written. */
export function planGuardrail(proposal: ProposedGuardrail, context: ToolContext): Write {
  const {text, isRule} = proposal
  if (clean(text) !== text) throw new BadCall('"text" holds characters that nobody can see')
  const path = placeOf(proposal, context)
  return isRule ? planRule(path, text, context) : planLine(path, text, context)
}

function planRule(path: string, source: string, {draft}: ToolContext): Write {
  if (source.length > LONGEST_RULE) throw new BadCall(`a guardrail has at most ${LONGEST_RULE} characters`)
  if (draft.read(path) !== null) throw new BadCall(`${path} is there already, and agents change no guardrail`)
  const content = source.endsWith('\n') ? source : `${source}\n`
  const {rule} = parseGuardrail(content, path)
  if (rule === null) throw new BadCall(`${path} would enforce nothing: its frontmatter needs id, effect and verbs`)
  if (rule.examples.deny.length === 0)
    throw new BadCall('a rule needs an example of what it must stop: examples: {deny: […]}')
  const [failed] = failedExamples(rule)
  if (failed)
    throw new BadCall(
      `its own example comes out otherwise: ${failed.expected} ${failed.example.verb} ${failed.example.target}`,
    )
  return {kind: 'write', path, content, expect: null}
}

function planLine(path: string, source: string, {draft}: ToolContext): Write {
  const line = cleanLine(source.replace(/^\s*[-*+]\s+/, ''))
  if (line === '' || line.length > LONGEST_LINE)
    throw new BadCall(`a line of GUARDRAILS.md has 1 to ${LONGEST_LINE} characters`)
  const before = draft.readText(path)
  const known = parseMistakes(before ?? '')
  if (known.some((mistake) => mistake.text === line)) throw new BadCall(`${path} says that already`)
  if (known.length >= MOST_MISTAKES)
    throw new BadCall(
      `${path} has ${known.length} entries, and more than ${MOST_MISTAKES} nobody reads: ask a person which one can go`,
    )
  const head = before === null ? '# Guardrails\n\n' : before.endsWith('\n') ? before : `${before}\n`
  const content = `${head}- ${shorten(line, LONGEST_LINE)}\n`
  return {kind: 'write', path, content, expect: before === null ? null : contentHash(before)}
}
