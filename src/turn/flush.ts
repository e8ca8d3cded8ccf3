import type {Prompt} from '../engines/engine.js'
import {additionPrompt, mergeAdditions} from '../memory/workstate/additions.js'
import {askOnce} from './ask-once.js'
import type {Judge} from './asking.js'
import {requestFor} from './engine-request.js'
import {type Gathered, gather, placeWorkstate, troublesOf, WORKSTATE_TOKENS} from './keep-workstate.js'
import {planOf} from './plan-of.js'
import {promptOf} from './prompt-of.js'
import {relayLeft} from './relay-left.js'
import {begin, type Session} from './session.js'
import {whyOver} from './stopping.js'
import {clearUnderway} from './underway.js'
import {beginWork} from './work.js'

/** The most that a model may say when it adds to what code has gathered. */
const ADDITION_TOKENS = 1_000

/**
 * Before a context is cut: code writes every section it knows, the model may add, the result is parsed back, checked and
 * committed with all that was done so far. Only then another context begins, in a turn of its own.
 */
export async function flush(session: Session, judge: Judge): Promise<boolean> {
  const {input, measure, hands} = session
  const full = await promptOf(input, {hands, work: session.work, judge})
  const tokens = measure.sizeOf(judge.name, full)
  const gathered = gather(session, {engine: judge.name, window: judge.model.window, contextUsed: tokens})
  const added = await addTo(gathered, {session, judge, full, tokens})
  // An addition that makes the file unreadable costs the addition, and nothing that code has gathered.
  placeWorkstate(session, resumed(troublesOf(session, added.state).length === 0 ? added : gathered))
  await relayLeft(session)
  const plan = planOf(session, {end: 'flushed', detail: `flushed at ${tokens} of ${judge.model.window} tokens`})
  // Not while everything stands still; what was heard is found again in the transcript.
  if (whyOver(input)?.end === 'stopped') return false
  const {commit, next} = await input.commitPart(plan)
  input.listen({kind: 'flush', turn: plan.turn, commit, next, tokens, window: judge.model.window})
  clearUnderway(input.fleet.mcos, plan.turn)
  session.work = beginWork(input, next, false)
  session.work.engine = judge.name
  // Whoever hears of it hears of it at the end of the whole turn.
  session.work.tally.putAside.push(...plan.putAside)
  measure.restart()
  begin(session)
  return true
}

/** One more context goes on from here. */
function resumed({state, superseded}: Gathered): Gathered {
  return {state: {...state, head: {...state.head, resumes: state.head.resumes + 1}}, superseded}
}

/** What the model adds within the room that is left; whatever it says, nothing that code has gathered is lost. */
async function addTo(
  gathered: Gathered,
  {session, judge, full, tokens}: {session: Session; judge: Judge; full: Prompt; tokens: number},
): Promise<Gathered> {
  const {input, work, measure} = session
  const question = additionPrompt(gathered.state)
  const steps = [...full.steps, {kind: 'prompt' as const, text: question}]
  const prompt = {...full, steps, maxOutput: Math.min(ADDITION_TOKENS, full.maxOutput)}
  const size = measure.sizeOf(judge.name, prompt)
  if (size + prompt.maxOutput > judge.model.window || size < tokens) return gathered
  const tried = await askOnce(judge, prompt, {
    input,
    turn: work.turn,
    tally: work.tally,
    measure,
    first: judge.name,
    promptFor: async () => prompt,
    rebuild: async () => false,
    ask: (asked, sent, limitUsd) =>
      asked.reply(requestFor(session, asked, {prompt: sent, limitUsd}), {
        signal: input.signal,
        onEvent: () => undefined,
      }),
  })
  if (tried.kind !== 'answer') return gathered
  const added = mergeAdditions(gathered.state, session.redactor.text(tried.answer.text), {tokens: WORKSTATE_TOKENS})
  return {state: added.state, superseded: [...gathered.superseded, ...added.superseded]}
}
