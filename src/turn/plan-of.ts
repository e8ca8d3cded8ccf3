import type {Stopped} from '../engines/engine.js'
import {linesOf, messagesOf} from './act.js'
import type {TurnEnd} from './events.js'
import {keepWorkstate} from './keep-workstate.js'
import {planLeftovers} from './leftovers.js'
import {newsLines} from './news-lines.js'
import {hasNothingToReport} from './nothing-to-report.js'
import type {Session} from './session.js'
import {rulesTurn} from './take-turn.js'
import {addUsage} from './tally.js'
import type {TurnPlan} from './turn-input.js'
import {conversationOf} from './work.js'

export interface Ending {
  readonly end: TurnEnd
  readonly detail?: string | null
  readonly failure?: {readonly engine: string; readonly stopped: Stopped}
}

/** What one context has come to, as a plan; WORKSTATE.md is part of it wherever something is left to do. */
export function planOf(session: Session, {end, detail = null, failure}: Ending): TurnPlan {
  const {input, work} = session
  if (end !== 'recovered') input.listen({kind: 'end', turn: work.turn, why: end, detail})
  const plan = emptyPlan(session, end)
  if (failure) return {...plan, failure: failureOf(failure)}
  // After a stop nothing takes effect any more; what was heard is found again in the transcript.
  if (end === 'stopped') return plan
  const isTold = work.isFirst && end !== 'recovered'
  const leftovers = isTold ? planLeftovers(input, work.draft) : {changes: [], lines: []}
  keepWorkstate(session, end)
  const facts = isTold ? newsLines(input.occasion.news) : []
  return {
    ...plan,
    changes: [...work.draft.changes(), ...leftovers.changes],
    lines: [
      ...facts,
      ...work.tally.passed,
      ...linesOf(work.outcomes),
      ...work.lines,
      ...(end === 'flushed' ? [] : answerLines(work.text)),
      ...(detail === null ? [] : [detail]),
      ...leftovers.lines,
    ],
    answered: answeredBy(session, end),
    messages: messagesOf(work.outcomes),
  }
}

/** What is left when no engine could be asked at all: the rules' part, and why judgement waits. */
export async function rulesPlan({input, work}: Session, end: TurnEnd): Promise<TurnPlan> {
  const {tally} = work
  input.listen({kind: 'end', turn: work.turn, why: end, detail: tally.passed.at(-1) ?? null})
  const plan = await rulesTurn(input, {end, passed: tally.passed, putAside: tally.putAside})
  return {...plan, usage: addUsage(plan.usage, tally.usage), notes: [...tally.notes]}
}

function emptyPlan({input, work}: Session, end: TurnEnd): TurnPlan {
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
  }
}

/** A refusal is an answer, too: the same question is not put again at every beat. */
function answeredBy({input, work}: Session, end: TurnEnd): readonly string[] {
  if (end === 'refusal') return input.occasion.questions.map(({check}) => check)
  return end === 'done' ? work.answered : []
}

function answerLines(text: string): string[] {
  return text.trim() === '' || hasNothingToReport(text) ? [] : text.trim().split('\n')
}

function failureOf({engine, stopped}: {engine: string; stopped: Stopped}): TurnPlan['failure'] {
  return {
    code: stopped.reason === 'too-long' ? 'CONTEXT_TOO_LONG' : 'ENGINE_REFUSED',
    message: `${engine} refused the request: ${stopped.detail}`,
    suggestions: ['See what was sent: mcos context', `Check the engine "${engine}" in mcos.yaml: mcos config show`],
  }
}
