import type {Stopped} from '../engines/engine.js'
import {sumUsage} from '../engines/usage.js'
import {linesOf, messagesOf} from './act.js'
import type {TurnEnd} from './events.js'
import {keepWorkstate} from './keep-workstate.js'
import {planLeftovers} from './leftovers.js'
import {newsLines} from './news-lines.js'
import {hasNothingToReport} from './nothing-to-report.js'
import {rulesTurn} from './rules-turn.js'
import type {Session} from './session.js'
import type {TurnPlan} from './turn-plan.js'
import {conversationOf} from './work.js'

export interface Ending {
  readonly end: TurnEnd
  readonly detail?: string | null
  /** The last words count as an answer to every question, though the model has not said that it was done. */
  readonly isAnswer?: boolean
  readonly failure?: NonNullable<TurnPlan['failure']>
  /** Whose failure it was. */
  readonly engine?: string
}

/** What one context has come to, as a plan; WORKSTATE.md is part of it wherever something is left to do. */
export function planOf(session: Session, ending: Ending): TurnPlan {
  const {input, work} = session
  const {end, detail = null, failure, engine} = ending
  if (end !== 'recovered') input.listen({kind: 'end', turn: work.turn, why: end, detail})
  const plan = emptyPlan(session, end)
  if (failure) return {...plan, failure, engine: engine ?? plan.engine}
  // After a stop nothing takes effect any more; what was heard is found again in the transcript.
  if (end === 'stopped' || (end === 'interrupted' && isUntouched(session))) return plan
  const isTold = work.isFirst && end !== 'recovered'
  const leftovers = isTold ? planLeftovers(input, work.draft) : {changes: [], lines: [], messages: []}
  keepWorkstate(session, end)
  const changes = [...work.draft.changes(), ...leftovers.changes]
  const facts = isTold ? newsLines(input.occasion.news) : []
  // What was done and said is what a person looks for; what was not comes behind it.
  const lines = [
    ...linesOf(work.outcomes.filter(({refusal}) => refusal === null)),
    ...work.lines,
    ...(end === 'flushed' ? [] : answerLines(session.redactor.text(work.text))),
    ...linesOf(work.outcomes.filter(({refusal}) => refusal !== null)),
    ...(detail === null ? [] : [detail]),
    ...leftovers.lines,
  ]
  // That an engine was passed over is no reason for a commit by itself; the receipt has it in any case.
  const isQuiet = end === 'done' && changes.length + facts.length + lines.length === 0
  return {
    ...plan,
    changes,
    lines: [...facts, ...(isQuiet ? [] : work.tally.passed), ...lines],
    answered: answeredBy(session, ending),
    messages: [...messagesOf(work.outcomes), ...leftovers.messages],
  }
}

/** Whether a model has taken part in it, in this context or in one before. */
export function hasBegun({work}: Session): boolean {
  return work.answers > 0 || !work.isFirst
}

/** A beat that nobody has answered leaves all of it to the next one; what a person has said is kept. */
function isUntouched(session: Session): boolean {
  return !hasBegun(session) && session.input.occasion.request === null
}

/** What is left when no engine could be asked at all: the rules' part, and why judgement waits. */
export async function rulesPlan({input, work}: Session, end: TurnEnd): Promise<TurnPlan> {
  const {tally} = work
  input.listen({kind: 'end', turn: work.turn, why: end, detail: tally.passed.at(-1) ?? null})
  const plan = await rulesTurn({...input, turn: work.turn}, {end, passed: tally.passed, putAside: tally.putAside})
  return {...plan, usage: sumUsage([plan.usage, tally.usage]), notes: [...tally.notes]}
}

function emptyPlan({input, work, effort}: Session, end: TurnEnd): TurnPlan {
  const {tally} = work
  return {
    turn: work.turn,
    changes: [],
    lines: [],
    engine: work.engine ?? input.engines[0]?.name ?? 'rules',
    usage: tally.usage,
    answered: [],
    messages: [],
    end,
    text: work.text,
    notes: [...tally.notes],
    passed: tally.passed,
    putAside: tally.putAside,
    failure: null,
    steps: conversationOf(work),
    facts: effort.facts,
  }
}

/** A refusal is an answer, too: the same question is not put again at every beat. */
function answeredBy({input, work}: Session, {end, isAnswer = false}: Ending): readonly string[] {
  if (end === 'refusal' || isAnswer) return input.occasion.questions.map(({check}) => check)
  return end === 'done' ? work.answered : []
}

function answerLines(text: string): string[] {
  return text.trim() === '' || hasNothingToReport(text) ? [] : text.trim().split('\n')
}

/** A request that can't be right as it is. */
export function failureOf({
  engine,
  stopped,
}: {
  readonly engine: string
  readonly stopped: Stopped
}): NonNullable<TurnPlan['failure']> {
  return {
    code: stopped.reason === 'too-long' ? 'CONTEXT_TOO_LONG' : 'ENGINE_REFUSED',
    message: `${engine} refused the request: ${stopped.detail}`,
    suggestions: ['See what was sent: mcos context', `Check the engine "${engine}" in mcos.yaml: mcos config show`],
  }
}
