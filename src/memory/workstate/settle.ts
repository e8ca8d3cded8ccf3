import {isRepeat, mended, replacedBy, retractedBy} from './replace.js'
import {WORTH_KEEPING} from './score.js'
import {liftedBy} from './standing.js'
import type {Statement} from './statement.js'
import {toStatement} from './to-statement.js'
import {overlap, shared} from './words.js'

/** What held, and what put an end to it. */
export interface Ended {
  readonly old: Statement
  readonly by: Statement
}

export interface Settled {
  /** What holds, in the order it was said. */
  readonly kept: readonly Statement[]
  /** What held and doesn't any more, each with what ended it. */
  readonly ended: readonly Ended[]
}

const MOST_KEPT = 800

/** Goes through what was said in its order and leaves what still holds at its end. */
export function settle(said: readonly Statement[]): Settled {
  let kept: Statement[] = []
  const ended: Ended[] = []
  for (const statement of said) {
    if (!statement.isHeld && statement.score < WORTH_KEEPING && statement.effects.size === 0) continue
    const gone = new Set(endedBy(statement, kept))
    if (gone.size > 0) {
      kept = kept.filter((old) => !gone.has(old))
      for (const old of gone) ended.push({old, by: statement})
    }
    const now = settledForm(statement, [...gone])
    if (now === null) continue
    const twin = now.isHeld ? undefined : kept.find((old) => isRepeat(old, now))
    if (!twin) kept.push(now)
    else if (isBetter(now, twin)) kept[kept.indexOf(twin)] = now
    if (kept.length > MOST_KEPT) kept = withoutLeast(kept)
  }
  return {kept, ended}
}

function endedBy(statement: Statement, kept: readonly Statement[]): Statement[] {
  if (statement.isHeld) return []
  const {effects, origin, kind} = statement
  const reach = kept.filter((old) => mayEnd(statement, old))
  const gone: Statement[] = []
  if (effects.has('lifts')) gone.push(...liftedBy(statement, reach))
  if (effects.has('retracts')) gone.push(...retractedBy(statement, reach))
  gone.push(...replacedBy(statement, reach))
  if (effects.has('arrives')) gone.push(...reach.filter((old) => old.kind === 'waiting' && isSame(old, statement)))
  if (kind !== 'question' && origin !== 'outside') gone.push(...reach.filter((old) => isAnswered(old, statement)))
  if (effects.has('finishes') || statement.step === 'done' || statement.step === 'doing') {
    gone.push(...reach.filter((old) => old.kind === 'step' && old.step !== 'done' && isSame(old, statement)))
  }
  return gone
}

/** A person's instruction ends by a person's word only; what comes from outside ends nothing that the fleet has said. */
function mayEnd({origin}: Statement, old: Statement): boolean {
  if (origin === 'person') return true
  if (old.kind === 'standing' || old.kind === 'goal') return false
  return origin === 'agent' || old.origin === 'outside' || old.kind === 'waiting'
}

/** As it is kept: a step that is done says so; a bare "go ahead" and what is only talk are not kept. */
function settledForm(statement: Statement, gone: readonly Statement[]): Statement | null {
  const {effects, kind, isHeld} = statement
  if (isHeld) return statement
  const step = gone.find((old) => old.kind === 'step')
  if (step && kind !== 'step' && effects.has('finishes')) {
    return {...step, step: 'done', isHeld: false}
  }
  const isWord = effects.has('lifts') && statement.marks.length === 0 && kind !== 'standing'
  if (isWord || (effects.has('retracts') && statement.marks.length === 0 && kind !== 'standing')) return null
  const text = effects.has('corrects') || gone.length > 0 ? mended(statement, gone) : statement.text
  const now = text === statement.text ? statement : {...toStatement({...statement, text, kind}), isHeld: false}
  const sure = gone.length > 0 ? {...now, score: Math.max(now.score, ...gone.map(({score}) => score))} : now
  return sure.score >= WORTH_KEEPING ? sure : null
}

function isSame(old: Statement, now: Statement): boolean {
  const common = shared(old.subject, now.subject)
  return common > 0 && overlap(old.subject, now.subject) >= (common > 1 ? 0.4 : 0.5)
}

/** A question is answered by a later sentence that is about the same and isn't another question. */
function isAnswered(old: Statement, now: Statement): boolean {
  if (old.kind !== 'question' || now.kind === 'standing' || now.kind === 'waiting') return false
  const common = shared(old.subject, now.subject)
  return (
    common >= 2 &&
    common / old.subject.size >= 0.6 &&
    (now.marks.length > 0 || now.kind === 'decision' || now.effects.size > 0)
  )
}

function isBetter(now: Statement, old: Statement): boolean {
  if (old.kind === 'standing') return now.kind === 'standing' && now.text.length > old.text.length
  if (now.kind === 'step' && old.kind === 'step') return now.step !== old.step
  return now.score > old.score
}

/** What a very long session leaves is bounded before it is ranked. */
function withoutLeast(kept: readonly Statement[]): Statement[] {
  const limit = [...kept].sort((a, b) => b.score - a.score)[MOST_KEPT / 2]?.score ?? 0
  return kept.filter(({score}) => score > limit)
}
