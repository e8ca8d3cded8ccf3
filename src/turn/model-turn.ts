import type {Answer, Prompt} from '../engines/engine.js'
import {totalTokens} from '../engines/usage.js'
import {isUserError} from '../kit/errors.js'
import {askRoute} from './ask-route.js'
import type {Judge} from './asking.js'
import {requestFor} from './engine-request.js'
import type {TurnEnd} from './events.js'
import {flush} from './flush.js'
import {performAll} from './perform.js'
import {type Ending, failureOf, hasBegun, planOf, rulesPlan} from './plan-of.js'
import {promptOf} from './prompt-of.js'
import {recoverAbandoned} from './recover-abandoned.js'
import {relayLeft} from './relay-left.js'
import {begin, openSession, type Session} from './session.js'
import {underStop, whyOver} from './stopping.js'
import type {TurnInput} from './turn-input.js'
import type {TurnPlan} from './turn-plan.js'
import {countEffort, isGoingOn, keepAnswer, overEffort} from './work.js'

/** Asks models and lets them act, until they have nothing more to do or a ceiling is reached. */
export function takeModelTurn(wanted: TurnInput): Promise<TurnPlan> {
  return underStop(wanted, takeWatched)
}

async function takeWatched(input: TurnInput): Promise<TurnPlan> {
  const session = await openSession(input)
  try {
    await recoverAbandoned(session)
    begin(session)
    return await converse(session).catch((error: unknown) => brokenOff(session, error))
  } finally {
    await session.hands.close()
  }
}

/** What a person can put right, such as a file they are writing in themselves, ends it; what it cost until then is on record. */
function brokenOff(session: Session, error: unknown): TurnPlan {
  if (!isUserError(error)) throw error
  const {code, message, suggestions} = error
  return planOf(session, {end: 'failed', failure: {code, message, suggestions}})
}

async function converse(session: Session): Promise<TurnPlan> {
  const {input, effort} = session
  for (;;) {
    const over = overEffort(effort, input.ceilings, input.fleet.clock.now())
    if (over !== null) return planOf(session, {end: 'ceiling', detail: over})
    const {work: asker} = session
    const before = totalTokens(asker.tally.usage)
    effort.modelCalls++
    const asked = await ask(session)
    countEffort(effort, asker, before)
    // A flush in between has begun another context, whose count starts at nothing.
    if (session.work !== asker) countEffort(effort, session.work, 0)
    // What was answered while a stop came up is told in the transcript, and nothing follows from it.
    const halt = whyOver(input)
    if (halt?.end === 'stopped') return planOf(session, halt)
    if (asked.kind === 'failed') {
      return planOf(session, {end: 'failed', failure: failureOf(asked), engine: asked.engine})
    }
    if (asked.kind === 'none') return unanswered(session, asked.why)
    const {answer, judge} = asked
    await take(session, judge, answer)
    const ending = answer.calls.length === 0 ? endOf(answer) : await performAll(answer.calls, session)
    if (ending === null) continue
    if (ending.end === 'done' || ending.end === 'refusal' || ending.end === 'ceiling') await relayLeft(session)
    return planOf(session, ending)
  }
}

/** Where nobody could be asked, the rules do their part; a stop or an interruption is obeyed by them, too. */
function unanswered(session: Session, why: TurnEnd): TurnPlan | Promise<TurnPlan> {
  const isOver = why === 'stopped' || why === 'interrupted'
  return isOver || hasBegun(session) ? planOf(session, {end: why}) : rulesPlan(session, why)
}

function ask(session: Session): ReturnType<typeof askRoute> {
  const {input, work, measure} = session
  return askRoute({
    input,
    measure,
    first: work.engine,
    get turn() {
      return session.work.turn
    },
    get tally() {
      return session.work.tally
    },
    promptFor: (judge) => fittingPrompt(session, judge),
    rebuild: async (judge) => canCut(session) && (await flush(session, judge)),
    ask: (judge, prompt, limitUsd) => {
      const {signal, listen} = input
      return judge.reply(requestFor(session, judge, {prompt, limitUsd}), {signal, onEvent: listen})
    },
  })
}

/** What this engine is to be sent; a context that is too full for it is flushed first, and begun anew. */
async function fittingPrompt(session: Session, judge: Judge): Promise<Prompt | null> {
  const {input, hands} = session
  const prompt = await promptOf(input, {hands, work: session.work, judge})
  if (fits(session, judge, prompt)) return prompt
  if (!canCut(session) || !(await flush(session, judge))) return null
  const anew = await promptOf(input, {hands, work: session.work, judge})
  return fits(session, judge, anew) ? anew : null
}

/** At flush_at of the window, or where the longest answer would no longer fit behind it. */
function fits({input, measure}: Session, {name, model}: Judge, prompt: Prompt): boolean {
  const size = measure.sizeOf(name, prompt)
  return size < input.fleet.home.config.context.flushAt * model.window && size + prompt.maxOutput <= model.window
}

function canCut({work}: Session): boolean {
  return work.steps.length > 0 || isGoingOn(work)
}

async function take(session: Session, judge: Judge, answer: Answer): Promise<void> {
  const {input, hands, work, effort} = session
  keepAnswer(work, {engine: judge.name, answer, at: new Date(input.fleet.clock.now()).toISOString()})
  await hands.collectOwnWork(work, effort.facts)
}

function endOf({end}: Answer): Ending {
  if (end === 'refusal') return {end: 'refusal', detail: 'the model refused'}
  if (end === 'length') return {end: 'ceiling', detail: 'the answer was cut off at its greatest length'}
  if (end === 'unknown') return {end: 'done', detail: 'the answer ended in a way that is not known', isAnswer: true}
  return {end: 'done'}
}
