import type {Prompt, Usage} from '../../engines/engine.js'
import type {Choice} from '../../mail/classify/choice.js'
import {classifierText} from '../../mail/classify/classifier-text.js'
import type {Judged} from '../../mail/classify/judged.js'
import {readChoices} from '../../mail/classify/read-choices.js'
import {askRoute} from '../ask-route.js'
import type {Judge} from '../asking.js'
import {Measure} from '../measure.js'
import {ownValuesOf} from '../own-secrets.js'
import {redactor} from '../redact.js'
import {newTally} from '../tally.js'
import {givenOf, openTranscript} from '../transcript.js'
import {CEILINGS, type TurnInput} from '../turn-input.js'
import type {AsideNote} from '../turn-plan.js'
import {isToolless, type TriageInput} from './triage-input.js'

/** So many mails stand in one request. */
const MOST_TOGETHER = 20
/** More than these wait for nobody: the rules' own verdict stands. */
const MOST_REQUESTS = 5
const TOKENS_EACH = 60

/** What a model has chosen, mail by mail, and what that came to. */
export interface Chosen {
  /** In the order of the mails; null where it said nothing that counts. */
  readonly choices: readonly (Choice | null)[]
  /** The engine that answered; null: none did. */
  readonly engine: string | null
  readonly usage: Usage
  /** One line for each engine that gave no answer. */
  readonly passed: readonly string[]
  readonly putAside: readonly AsideNote[]
}

/** Asks the route's models, without tools, what these mails are: several in one request, answers from a closed set. */
export async function askClassifier(
  mails: readonly Judged[],
  input: TriageInput & {readonly turn: string},
): Promise<Chosen> {
  const tally = newTally()
  const measure = new Measure()
  const choices: (Choice | null)[] = []
  let engine: string | null = null
  const turnInput = recorded(asTurn(input))
  const {turn, agent, trigger, listen} = turnInput
  listen({kind: 'start', turn, agent: agent.name, trigger, with: null})
  for (let at = 0; at < mails.length && at < MOST_TOGETHER * MOST_REQUESTS; at += MOST_TOGETHER) {
    const together = mails.slice(at, at + MOST_TOGETHER)
    const {prefix, ask} = classifierText(together)
    const asked = await askRoute({
      input: turnInput,
      turn,
      tally,
      measure,
      first: engine,
      promptFor: async (judge) => fitting(promptOf({prefix, ask, count: together.length}, judge), {judge, measure}),
      rebuild: async () => false,
      ask: (judge, prompt, limitUsd) =>
        judge.reply(requestOf(turnInput, prompt, limitUsd), {signal: input.signal, onEvent: () => undefined}),
    })
    if (asked.kind !== 'answer') break
    engine = asked.judge.name
    choices.push(...readChoices(asked.answer.text, together.length))
  }
  listen({kind: 'end', turn, why: choices.length === 0 ? 'engines' : 'done', detail: null})
  const {usage, passed, putAside} = tally
  return {choices: mails.map((_, place) => choices[place] ?? null), engine, usage, passed, putAside}
}

/** What is sent and said is kept as that of any turn. */
function recorded(input: TurnInput): TurnInput {
  const {fleet, engines, soul, listen} = input
  const facts = {
    clock: fleet.clock,
    engines: engines.map(({name}) => name),
    told: [],
    given: givenOf(input),
    // Read for itself, and no turn to be taken again: the mails it was about are in no commit.
    head: () => null,
  }
  const transcript = openTranscript(fleet.mcos, facts, redactor({secrets: ownValuesOf(fleet, soul)}))
  return {
    ...input,
    listen(event) {
      transcript.write(event)
      listen(event)
    },
  }
}

function promptOf(
  {prefix, ask, count}: {readonly prefix: string; readonly ask: string; readonly count: number},
  {model}: Judge,
): Prompt {
  return {
    tools: [],
    prefix,
    steps: [{kind: 'prompt', text: ask}],
    maxOutput: Math.min(100 + count * TOKENS_EACH, model.maxOutput),
    keep: {prefix: '1h', steps: null},
  }
}

function fitting(prompt: Prompt, {judge, measure}: {readonly judge: Judge; readonly measure: Measure}): Prompt | null {
  return measure.sizeOf(judge.name, prompt) + prompt.maxOutput <= judge.model.window ? prompt : null
}

function requestOf({agent, turn}: TurnInput, prompt: Prompt, limitUsd: number): Parameters<Judge['reply']>[0] {
  return {
    agent: agent.name,
    turn,
    reportsTo: null,
    news: [],
    questions: [],
    session: null,
    limitUsd,
    prompt: () => Promise.resolve(prompt),
    workFolder: () => Promise.reject(new Error('a model that sorts mail gets no folder')),
  }
}

/** The same as the route knows a turn: no news, no questions, nothing it may do. */
function asTurn(input: TriageInput & {readonly turn: string}): TurnInput {
  const {fleet, agent, contract, law, soul, turn, trigger, engines, signal, listen, sleep} = input
  return {
    fleet,
    agent,
    contract,
    law,
    soul,
    turn,
    trigger,
    occasion: {news: [], questions: [], heartbeat: null, request: null, with: null},
    inbox: {agent: agent.name, messages: [], held: [], forged: [], unreadable: []},
    engines: engines.filter(isToolless),
    signal,
    ceilings: CEILINGS,
    againInMs: null,
    steps: [],
    listen,
    sleep,
    commitPart: () => Promise.reject(new Error('what sorts mail has no context to cut')),
  }
}
