import {type EngineRequest, NO_USAGE} from '../engines/engine.js'
import {rulesEngine} from '../engines/rules.js'
import {act, linesOf, messagesOf, type Outcome} from './act.js'
import {Draft} from './draft.js'
import type {TurnEnd} from './events.js'
import {planLeftovers} from './leftovers.js'
import {newsLines} from './news-lines.js'
import {TOOLS} from './tool-list.js'
import {factsAfter, factsAtStart} from './turn-facts.js'
import type {TurnInput} from './turn-input.js'
import type {TurnPlan} from './turn-plan.js'

/** Why no model was asked, where one might have been. */
export interface Unasked {
  readonly end: TurnEnd
  readonly passed: readonly string[]
  readonly putAside: TurnPlan['putAside']
}

/** The part that needs no model: mail is moved by rule, facts go into the log, judgement is left waiting. */
export async function rulesTurn(
  input: TurnInput,
  {end, passed, putAside}: Unasked = {end: 'done', passed: [], putAside: []},
): Promise<TurnPlan> {
  const {fleet, agent, contract, law, turn, inbox, signal, occasion} = input
  let facts = factsAtStart(input)
  const draft = new Draft(fleet.home.files)
  const reply = await rulesEngine.reply(rulesRequest(input), {signal, onEvent: () => undefined})
  const outcomes: Outcome[] = []
  for (const call of reply.kind === 'answer' ? reply.calls : []) {
    const context = {fleet, agent, contract, law, turn, inbox, draft, signal, with: occasion.with, facts}
    const outcome = await act(call, TOOLS, context)
    outcomes.push(outcome)
    facts = factsAfter(facts, outcome)
  }
  const leftovers = planLeftovers(input, draft)
  return {
    turn,
    changes: [...draft.changes(), ...leftovers.changes],
    lines: [...newsLines(occasion.news), ...linesOf(outcomes), ...leftovers.lines],
    engine: rulesEngine.name,
    usage: NO_USAGE,
    answered: [],
    messages: [...messagesOf(outcomes), ...leftovers.messages],
    end,
    text: '',
    notes: [],
    passed,
    putAside,
    failure: null,
    steps: input.steps,
    facts,
  }
}

/** One request to the rules, which read values and no text. */
export function rulesRequest({agent, turn, soul, occasion}: TurnInput): EngineRequest {
  return {
    agent: agent.name,
    turn,
    reportsTo: soul?.reportsTo ?? null,
    news: occasion.news,
    questions: occasion.questions,
    session: null,
    limitUsd: null,
    prompt: () => Promise.reject(new Error('the rules read values, no text')),
    workFolder: () => Promise.reject(new Error('the rules run no program')),
  }
}
