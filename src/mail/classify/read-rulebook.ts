import type {Rule, Rulebook, RuleSource, RuleTrouble} from './rulebook.js'
import {fieldOf, parseCondition, Unreadable} from './rules/parse-condition.js'
import {isOutcomeWord, parseOutcomes} from './rules/parse-outcomes.js'
import {findArrow, splitLine} from './rules/split-line.js'

const MOST_RULES = 1_000
const LONGEST_LINE = 2_000

/** The rules in MAIL.md and mcos.yaml, the sources' order kept. Never throws: what can't be read is a trouble. */
export function readRulebook(sources: readonly RuleSource[]): Rulebook {
  const rules: Rule[] = []
  const troubles: RuleTrouble[] = []
  for (const source of sources) {
    for (const {text, line, isLearned} of linesOf(source)) {
      const place = {file: source.file, line}
      if (rules.length >= MOST_RULES) {
        troubles.push({...place, message: `More than ${MOST_RULES} rules: this one and the rest are not read.`})
        return {rules, troubles}
      }
      const read = readLine(text, isProse(source))
      if (read === null) continue
      if ('message' in read) troubles.push({...place, message: read.message})
      else rules.push({...place, isLearned, ...read})
    }
  }
  return {rules, troubles}
}

/** In a Markdown file a line is prose unless it looks like a rule; elsewhere every line is a rule. */
function isProse({file}: RuleSource): boolean {
  return /\.(?:md|markdown|txt)$/i.test(file)
}

interface Line {
  readonly text: string
  readonly line: number
  readonly isLearned: boolean
}

/** Without what is fenced, commented out or struck through. */
function linesOf(source: RuleSource): Line[] {
  const lines: Line[] = []
  let fence = ''
  let isComment = false
  let isLearned = false
  source.text.split('\n').forEach((raw, index) => {
    const text = raw.replace(/\r$/, '')
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1] ?? ''
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = ''
      return
    }
    if (mark !== '' && isProse(source)) {
      fence = mark
      return
    }
    const heading = /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(text)?.[1]
    if (heading !== undefined && isProse(source)) {
      isLearned = /^learned$/i.test(heading)
      return
    }
    const {rest, isOpen} = withoutComments(text, isComment)
    isComment = isOpen
    if (rest.trim() !== '' && !/^\s*(?:[-*+]\s+)?~~/.test(rest))
      lines.push({text: rest, line: (source.line ?? 1) + index, isLearned})
  })
  return lines
}

function withoutComments(text: string, isInside: boolean): {rest: string; isOpen: boolean} {
  let rest = ''
  let at = 0
  let isOpen = isInside
  while (at <= text.length) {
    const next = text.indexOf(isOpen ? '-->' : '<!--', at)
    if (!isOpen) rest += text.slice(at, next === -1 ? text.length : next)
    if (next === -1) break
    at = next + (isOpen ? 3 : 4)
    isOpen = !isOpen
  }
  return {rest, isOpen}
}

function readLine(line: string, isInProse: boolean): Pick<Rule, 'when' | 'outcomes'> | {message: string} | null {
  const text = line
    .slice(0, LONGEST_LINE + 1)
    .replace(/^\s*(?:(?:[-*+•]|\d+[.)])\s+)?(?:\[[ xX]\]\s+)?/, '')
    .trim()
    .replace(/^`(.*)`$/, '$1')
  const arrow = findArrow(text)
  if (!arrow) return isInProse ? null : {message: `There is no arrow in it. ${EXPECTED}`}
  const [left, right] = [text.slice(0, arrow.from), text.slice(arrow.to)]
  const pieces = splitLine(left)
  const first = pieces?.find((piece) => piece.text.toLowerCase() !== 'not')
  const isCondition = fieldOf(first ?? {kind: 'word', text: left.trim().split(/\s+/)[0] ?? ''}) !== null
  const isOutcome = isOutcomeWord(right.trim().split(/[\s,]+/)[0] ?? '')
  if (!isCondition && !isOutcome && isInProse) return null
  if (line.length > LONGEST_LINE) return {message: `It is longer than ${LONGEST_LINE} letters.`}
  if (!isCondition) return {message: `It looks like a rule but begins with no condition. ${EXPECTED}`}
  const outcomes = splitLine(right)
  if (!pieces || !outcomes) return {message: 'A quote is opened and not closed.'}
  try {
    return {when: parseCondition(pieces), outcomes: parseOutcomes(outcomes)}
  } catch (error) {
    if (error instanceof Unreadable) return {message: `It can't be read: ${error.message}.`}
    throw error
  }
}

const EXPECTED = 'A rule is CONDITION → OUTCOME, such as: from *@bank.example → urgent, tell jarvis'
