import type {Answer, Prompt} from '../engines/engine.js'
import {askRoute, type Judge} from './ask-route.js'
import {requestFor} from './engine-request.js'
import type {TurnEnd} from './events.js'
import {flush} from './flush.js'
import {performAll} from './perform.js'
import {planOf, rulesPlan} from './plan-of.js'
import {promptOf} from './prompt-of.js'
import {recoverAbandoned} from './recover-abandoned.js'
import {begin, openSession, type Session} from './session.js'
import {totalTokens} from './tally.js'
import type {TurnInput, TurnPlan} from './turn-input.js'
import {isGoingOn, keepAnswer, overEffort} from './work.js'

/** Asks models and lets them act, until they have nothing more to do or a ceiling is reached. */
export async function takeModelTurn(input: TurnInput): Promise<TurnPlan> {
  const session = await openSession(input)
  try {
    await recoverAbandoned(session)
    begin(session)
    return await converse(session)
  } finally {
    await session.hands.close()
  }
}

async function converse(session: Session): Promise<TurnPlan> {
  const {input, effort} = session
  for (;;) {
    const over = overEffort(effort, input.ceilings, input.fleet.clock.now())
    if (over !== null) return planOf(session, {end: 'ceiling', detail: over})
    const before = totalTokens(session.work.tally.usage)
    const {work: asker} = session
    effort.modelCalls++
    const asked = await ask(session)
    // A flush in between has begun another context, whose count starts at nothing.
    effort.tokens += totalTokens(session.work.tally.usage) - (session.work === asker ? before : 0)
    if (asked.kind === 'failed') return planOf(session, {end: 'failed', failure: asked})
    if (asked.kind === 'none') {
      // What a person was waiting for when they cut it off is kept; where nobody could be asked, they are told so.
      const wasHeard = asked.why === 'interrupted' && input.occasion.request !== null
      const hasBegun = session.work.answers > 0 || !session.work.isFirst || wasHeard
      return hasBegun ? planOf(session, {end: asked.why}) : rulesPlan(session, asked.why)
    }
    const {answer, judge} = asked
    await take(session, judge, answer)
    if (answer.calls.length === 0) return planOf(session, endOf(answer))
    const stop = await performAll(answer.calls, session)
    if (stop !== null) return planOf(session, stop)
  }
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
  const {input, hands, work} = session
  keepAnswer(work, {engine: judge.name, answer, at: new Date(input.fleet.clock.now()).toISOString()})
  await hands.collectOwnWork(work)
}

function endOf({end}: Answer): {end: TurnEnd; detail: string | null} {
  if (end === 'refusal') return {end: 'refusal', detail: 'the model refused'}
  if (end === 'length') return {end: 'ceiling', detail: 'the answer was cut off at its greatest length'}
  return {end: 'done', detail: end === 'unknown' ? 'the answer ended in a way that is not known' : null}
}
