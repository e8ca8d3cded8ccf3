import * as cue from './cues.js'
import type {Origin} from './heard.js'
import {findMarks, type Mark, type MarkKind} from './marks.js'
import type {StatementKind} from './statement.js'
import {keyOf} from './words.js'

const KINDS: Readonly<Record<StatementKind, number>> = {
  standing: 100,
  goal: 90,
  decision: 62,
  promise: 66,
  step: 58,
  waiting: 58,
  question: 34,
  fact: 6,
}

const MARKS: Readonly<Record<MarkKind, number>> = {
  url: 11,
  email: 12,
  path: 10,
  id: 12,
  hash: 11,
  code: 8,
  name: 7,
  quote: 6,
  date: 8,
  time: 6,
  money: 11,
  percent: 7,
  quantity: 7,
  version: 9,
  port: 10,
  phone: 11,
  number: 5,
}

const FROM: Readonly<Record<Origin, number>> = {person: 6, agent: 4, outside: 2}

/** Below this a sentence is talk, and isn't kept even where there is room. */
export const WORTH_KEEPING = 15

/** From here on a statement surely says something that the work depends on. */
export const SURE = 26

const ASSERTS =
  /(?<![\p{L}])(?:is|are|was|will be|has|have|costs?|equals?|lives?|runs?|listens?|sits|stored|called|named|belongs?|lies|reports to|handles|leads|works|signs|owns?|closes|opens|expires?|starts|ends|arrives|leaves|max(?:imum)?|min(?:imum)?|limit|ist|sind|heißt|liegt|kostet|läuft|es|está|son|cuesta|est|sont|coûte|é|são|custa|staat|kost|это|стоит|находится)(?![\p{L}])|[:=→]|是|为|です|は/u

/** Sentences without a subject of their own: about the talk itself, or about nothing. */
const VAGUE =
  /^(?:i|i['’]m|i['’]ve|you|it|it['’]s|that|that['’]s|there|this|these|those|as|well|hm+|what|right|one|maybe|perhaps|everything|something)(?![\p{L}])/iu
const FLAT = /^(?:the|our|his|her|their|my|all|every|each|both)\s+\p{L}+/iu
const ASKS_BACK =
  /^(?:(?:could|can|would|will|do|did|does|are|is) (?:you|that|this|it|there|we)|what do you|how (?:are|do|does|about)|shall (?:i|we)|any (?:thoughts|idea|news)|why|really|right|ok(?:ay)?)(?![\p{L}])/iu

/** What it is worth to keep a statement, from its own words alone: the same today as after ten cuts. */
export function scoreOf({
  kind,
  text,
  origin,
  marks,
  isHeld,
}: {
  readonly kind: StatementKind
  readonly text: string
  readonly origin: Origin
  readonly marks: readonly Mark[]
  readonly isHeld: boolean
}): number {
  const distinct = [...new Map(marks.map((mark) => [keyOf(mark), mark])).values()]
  const worth = distinct.map(({kind: shape}) => MARKS[shape]).sort((a, b) => b - a)
  const told = worth.reduce((sum, points, index) => sum + (index < 4 ? points : points / 4), 0)
  const from = isHeld ? Math.max(FROM[origin], origin === 'outside' ? 2 : 6) : FROM[origin]
  let score = KINDS[kind] + from + Math.min(told, 34)
  if (kind === 'fact' && ASSERTS.test(text)) score += 6
  // Flat words about a thing, without any shape to know them by: kept where there is room.
  if (kind === 'fact' && told === 0 && FLAT.test(text)) score += 4
  if (cue.isPreference(text)) score += 20
  if (cue.isImportant(text)) score += 12
  if (kind === 'fact' && cue.isWaiting(text)) score += 10
  const isStrong = distinct.some(
    ({kind: shape, value}) => MARKS[shape] >= 7 && !/^[\d.,]+\s?(?:ms|s|sec\w*|min\w*)$/i.test(value),
  )
  if (origin === 'outside' && !isStrong) score -= 10
  if (isTalk(text, kind)) score -= isStrong ? 14 : 60
  if (!isStrong && told === 0 && VAGUE.test(text) && kind !== 'standing' && kind !== 'step')
    score -= kind === 'fact' ? 10 : 4
  if (kind === 'question') score += cue.isQuestionCue(text) ? 24 : 0
  return text.length < 8 && marks.length === 0 && kind !== 'standing' ? 0 : score
}

function isTalk(text: string, kind: StatementKind): boolean {
  if (kind === 'standing' || kind === 'step') return false
  if (
    kind === 'question' &&
    !cue.isQuestionCue(text) &&
    (text.length < 24 || (ASKS_BACK.test(text) && findMarks(text).length === 0))
  )
    return true
  return cue.isSmallTalk(text) || /^(?:i|we) (?:ran|saw|had|went|slept|watched|read|walked)\b/i.test(text)
}
