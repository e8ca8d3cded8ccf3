import {isConditional, isNegated, isSmallTalk, isStandingCue} from './cues.js'
import type {Heard, Origin} from './heard.js'
import {type Leaf, leavesOf} from './leaves.js'
import {findMarks} from './marks.js'
import {isInjection} from './noise.js'
import {splitSentences} from './sentences.js'
import {claimsLeave, parseStanding} from './standing.js'
import type {Statement} from './statement.js'
import {type Said, toStatement} from './to-statement.js'
import {isSubject} from './words.js'

/** A longer result is a listing, a page or a log: what matters of it somebody says in words. */
const SHORT_RESULT = 900
const LONGEST_ARGUMENT = 2_500
const LOOKING =
  /^(?:read|list|search|grep|glob|ls|cat|find|view|open|fetch|http_get|web\w*|mcp_tools|toolsearch|message_read|todoread)$/i
const PATH_KEY =
  /^(?:path|file|file_?path|notebook_path|pattern|cwd|limit|offset|glob|include|type|output_mode|timeout|description|head_limit|replace_all|old_string|run_in_background)$/i
const AFFIRMS =
  /^(?:yes|yep|yeah|yup|ok(?:ay)?|sure|go ahead|do it|please do|of course|approved|fine|ja|sí|si|oui|sim|да|好|可以|はい)(?![\p{L}])/iu

/** What was said in a context, as statements in its order; what is said for machines, or to be obeyed, is left out. */
export function listen(heard: readonly Heard[]): Statement[] {
  const statements: Statement[] = []
  let asked: string | null = null
  for (const item of heard) {
    const said = saidIn(item, asked)
    statements.push(...said.filter(mayBeKept).map(toStatement))
    if (item.kind === 'agent') asked = lastQuestion(item.text)
    else if (item.kind === 'person') asked = null
  }
  return statements
}

/** Files that calls have written, for sessions of programs that keep no list of their own. */
export function writtenFiles(heard: readonly Heard[]): string[] {
  const files = heard
    .filter(({kind, name}) => kind === 'call' && /write|edit|create|patch|replace/i.test(name))
    .flatMap(({text}) => leavesOf(text))
    .filter(({key}) => /^(?:path|file_?path|notebook_path)$/i.test(key))
    .map(({value}) => value)
  return [...new Set(files)]
}

function saidIn(item: Heard, asked: string | null): Said[] {
  const {kind, name, text} = item
  switch (kind) {
    case 'person':
      return [...proseOf(text, 'person', name), ...answerTo(asked, text, name)]
    case 'agent':
      return proseOf(text, 'agent', name)
    case 'message':
      return proseOf(text, 'outside', name)
    case 'note':
      return [...rulesIn(text), ...proseOf(text.replace(/^- Standing \(.*$/gm, ''), 'outside', 'note')]
    case 'call':
      return argumentsOf(text, name)
    case 'result':
      return resultOf(text, name)
  }
}

function proseOf(text: string, origin: Origin, by: string): Said[] {
  const said: Said[] = []
  let before: string | null = null
  for (const {text: sentence, step, isQuoted} of splitSentences(text)) {
    const whose = isQuoted ? 'outside' : origin
    said.push({
      text: withSubject(sentence, before),
      origin: whose,
      by: isQuoted ? `quoted by ${by}` : by,
      step: whose === 'outside' ? null : step,
    })
    before = headOf(sentence) ?? before
  }
  return said
}

/** "It is due on Friday" says nothing without the sentence before it. */
function withSubject(sentence: string, before: string | null): string {
  const [, pronoun] =
    /^(?:and |but )?(it|its|they|their|that one|this one|he|she|his|her|er|sie|es|él|ella|il|elle|ele|ela|hij|zij|он|она|они|它|他|她)(?![\p{L}])/iu.exec(
      sentence,
    ) ?? []
  if (pronoun === undefined || before === null || sentence.includes(before)) return sentence
  return findMarks(sentence).length > 0 ? `${before}: ${sentence}` : sentence
}

function headOf(sentence: string): string | null {
  const subject = findMarks(sentence).find((mark) => isSubject(mark) && mark.value.length <= 40)
  if (subject) return subject.value
  const first = /^\p{Lu}\p{Ll}+(?= (?:is|was|has|will|handles|leads|runs|owns)\b)/u.exec(sentence)?.[0]
  return first !== undefined && !/^(?:it|this|that|there|he|she|they|what|who)$/i.test(first) ? first : null
}

/** "8443" is a fact only together with what was asked; a "yes" to "May I send it?" is leave to send it. */
function answerTo(asked: string | null, text: string, by: string): Said[] {
  const answer = text.trim()
  if (asked === null || answer.length > 60 || answer.includes('\n') || /[?？]$/.test(answer) || isStandingCue(answer))
    return []
  const wanted = /^(?:so,? )?(?:may|can|shall|should|could) (?:i|we) (.*?)\?*$/i.exec(asked)?.[1]
  const isFree = !isNegated(answer) && !isConditional(answer)
  if (wanted !== undefined && AFFIRMS.test(answer) && isFree) return [{text: `You may ${wanted}`, origin: 'person', by}]
  const tells = findMarks(answer).length > 0 || /^\p{L}[\p{L}\p{N} .-]{1,40}$/u.test(answer)
  const isChatter =
    /^(?:thanks|thank you|ok|okay|cool|great|sure|hm+|fine|nice|good|perfect|sounds good|not sure|no idea|maybe|later)\b/i.test(
      answer,
    )
  const isSmall =
    isSmallTalk(asked) || /^(?:could|can|would|will) you\b/i.test(asked) || (answer.match(/\S+/g)?.length ?? 0) > 8
  return tells && !isChatter && !isSmall ? [{text: `${asked} → ${answer}`, origin: 'person', by, kind: 'fact'}] : []
}

function lastQuestion(text: string): string | null {
  const last = splitSentences(text).at(-1)?.text
  return last !== undefined && /[?？]$/.test(last) && last.length <= 160 ? last : null
}

function argumentsOf(text: string, tool: string): Said[] {
  if (LOOKING.test(tool)) return []
  const leaves = leavesOf(text).filter(({value}) => value.length <= LONGEST_ARGUMENT)
  const isProgram = /^(?:run|bash|shell|exec|run_shell_command|command)$/i.test(tool)
  const told = leaves.filter(({key}) => !PATH_KEY.test(key))
  const prose = told
    .filter(({value}) => isProse(value))
    .flatMap(({value}) => proseOf(value, isProgram ? 'outside' : 'agent', tool))
  const short = told.filter(({value}) => !isProse(value))
  return [...prose, ...pairsOf(short, {tool, origin: isProgram ? 'outside' : 'agent'})]
}

function resultOf(text: string, tool: string): Said[] {
  const plain = text.replace(/^Text from outside \(.*$/m, '').trim()
  if (plain.length > SHORT_RESULT) return []
  if (/^[[{]/.test(plain)) return pairsOf(leavesOf(plain), {tool, origin: 'outside'})
  return proseOf(plain, 'outside', tool)
}

function pairsOf(leaves: readonly Leaf[], {tool, origin}: {tool: string; origin: Origin}): Said[] {
  const pairs = leaves
    .filter(({value}) => value.length <= 160)
    .map(({key, value}) => (key === '' ? value : `${key}: ${value}`))
  const text = pairs.join(', ')
  if (text === '' || text.length > 320 || findMarks(text).length === 0) return []
  return [{text: origin === 'outside' ? text : `${tool}: ${text}`, origin, by: tool}]
}

function isProse(value: string): boolean {
  return (
    value.includes('\n') ||
    (value.match(/\S+/g)?.length ?? 0) >= 4 ||
    /[\p{Script=Han}\p{Script=Hiragana}]{6,}/u.test(value)
  )
}

/** The file itself, read as text because it could not be read as a state: what a person laid down stays laid down. */
function rulesIn(text: string): Said[] {
  return text.split('\n').flatMap((line): Said[] => {
    const rule = parseStanding(line.replace(/^- /, ''))
    return rule === null ? [] : [{text: rule.text, origin: 'person', by: rule.by, kind: 'standing'}]
  })
}

function mayBeKept({text, origin}: Said): boolean {
  if (origin === 'person') return true
  if (isInjection(text) || claimsLeave(text)) return false
  return origin === 'agent' || !isStandingCue(text) || findMarks(text).length > 1
}
