import type {PlanStep} from '../../workspace/workstate-file.js'
import * as cue from './cues.js'
import type {Origin} from './heard.js'
import {findMarks, type Mark} from './marks.js'
import {scoreOf} from './score.js'
import type {Effect, Statement, StatementKind} from './statement.js'
import {subjectOf} from './words.js'

export interface Said {
  readonly text: string
  readonly origin: Origin
  readonly by: string
  readonly step?: PlanStep['state'] | null
  /** As what it stands in WORKSTATE.md; absent: its words decide. */
  readonly kind?: StatementKind
}

const FILLERS =
  /^(?:(?:oh|ah|well|so|ok|okay|right|anyway|by the way|btw|also|and|but|hey|hi|hmm+|uh|listen|look|yeah|yes|sure|alright|great|perfect|one (?:more )?thing|before i forget|in case it matters|as (?:i|we) said|i (?:think|guess|believe|mean)|you know|speaking of which|while (?:i|we)['’](?:m|re) at it|übrigens|also|por cierto|au fait|à propos|aliás|trouwens|кстати|对了|顺便|ところで)(?:[,:!.…—–-]+\s*|\s+(?=\S)))+(?=.{12})/iu

/** Takes a sentence apart: what it is about, what kind of thing it says, what it changes of what was said before. */
export function toStatement(said: Said): Statement {
  const text = said.kind === undefined ? withoutFillers(said.text) : said.text
  const marks = findMarks(text)
  const effects = effectsOf(text, said)
  const step = said.step ?? stepOf(text)
  const kind = said.kind ?? kindOf(text, {origin: said.origin, step, marks, effects})
  const isHeld = said.kind !== undefined
  return {
    kind,
    text: kind === 'step' ? withoutStepWord(text) : text,
    origin: said.origin,
    by: said.by,
    step: kind === 'step' ? (step ?? 'next') : null,
    marks,
    subject: subjectOf(withoutLead(text), marks),
    effects: isHeld ? new Set() : effects,
    score: scoreOf({kind, text, origin: said.origin, marks, isHeld}),
    isHeld,
  }
}

function kindOf(
  text: string,
  {
    origin,
    step,
    marks,
    effects,
  }: {origin: Origin; step: PlanStep['state'] | null; marks: readonly Mark[]; effects: ReadonlySet<Effect>},
): StatementKind {
  const isQuestion = /[?？]["”')]*$/.test(text)
  if (step !== null) return 'step'
  if (origin === 'outside') return 'fact'
  if (origin === 'person' && !effects.has('lifts') && cue.isStandingCue(text)) return 'standing'
  if (origin === 'person' && !isQuestion && cue.isGoal(text)) return 'goal'
  if (isQuestion || (cue.isQuestionCue(text) && !effects.has('corrects'))) return 'question'
  if (cue.isWaiting(text)) return 'waiting'
  if (cue.isPromise(text) && (marks.length > 0 || /promis|verspr|promet|беща|承诺|答应|約束/iu.test(text)))
    return 'promise'
  return cue.isDecision(text) ? 'decision' : 'fact'
}

function effectsOf(text: string, {origin, text: said}: Said): ReadonlySet<Effect> {
  const effects = new Set<Effect>()
  if (/[?？]["”')]*$/.test(text)) return effects
  if (cue.isCorrection(text)) effects.add('corrects')
  if (origin === 'outside') {
    if (cue.isArrival(text)) effects.add('arrives')
    return effects
  }
  if (cue.isRetraction(text)) effects.add('retracts')
  if (cue.isArrival(text)) effects.add('arrives')
  if (cue.isDone(text) && !cue.isNegated(text)) effects.add('finishes')
  if (origin === 'person' && isLeave(said)) effects.add('lifts')
  return effects
}

/** Leave without a "not" and without a condition; "the freeze is lifted" needs no other word. */
function isLeave(text: string): boolean {
  if (!cue.isLift(text)) return false
  const isLifted =
    /\b(?:lift(?:ed|ing)?|no longer|(?:don['’]t|do not|needn['’]t|no) (?:need|have) to|no need|is over|is off)\b/i.test(
      text,
    )
  if (cue.isConditional(text) && !/\b(?:until|before) (?:further|now)\b/i.test(text))
    return isLifted && !/\b(?:if|once|when|unless)\b/i.test(text)
  return isLifted || !cue.isNegated(text.replace(/\bnot? (?:problem|worries)\b/gi, ''))
}

function stepOf(text: string): PlanStep['state'] | null {
  if (/^(?:done|finished|completed?|✓|✅|erledigt|hecho|fait|feito|gedaan|готово|已完成|完了)\s*[:：—–-]/iu.test(text))
    return 'done'
  if (/^(?:doing|in progress|working on|currently|wip)\s*[:：—–-]/iu.test(text)) return 'doing'
  return cue.isNext(text) ? 'next' : null
}

function withoutStepWord(text: string): string {
  return (
    text.replace(
      /^(?:done|finished|completed?|doing|in progress|wip|next(?: up| steps?)?|to-?do|✓|✅|下一步|待办|已完成)\s*[:：—–-]+\s*/iu,
      '',
    ) || text
  )
}

/** "I checked once more: …" is not what it is about; its place is left blank, for the marks behind it. */
function withoutLead(text: string): string {
  return text.replace(/^(?:I|we|they)\b[\p{Ll}\s'’,-]{2,50}:(?=\s)/iu, (lead) => ' '.repeat(lead.length))
}

function withoutFillers(text: string): string {
  const rest = text.replace(FILLERS, '')
  // A small letter left over at the front would look like a line that was cut.
  return rest === text ? text : rest.replace(/^\p{Ll}(?=\p{Ll}*\s)/u, (letter) => letter.toUpperCase())
}
