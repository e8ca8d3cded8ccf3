import type {ToolCall} from '../engines/prompt.js'
import type {Action, Law, Verdict} from '../guard/action.js'
import {decide} from '../guard/decide.js'
import {isUserError} from '../kit/errors.js'
import type {Change} from '../workspace/change.js'
import {BadCall} from './bad-call.js'
import type {Tool, ToolContext, ToolOutcome} from './tool.js'

/** What became of one call: done or planned, or refused with a reason the engine can read. */
export interface Outcome {
  readonly call: ToolCall
  /** What it would do, for the guard; null where it needs no leave. */
  readonly action: Action | null
  /** What the guard said; null where it wasn't asked. */
  readonly effect: Verdict['effect'] | null
  /** The line of the contract or the guardrail that it went by; null where none spoke. */
  readonly rule: string | null
  readonly done: ToolOutcome | null
  readonly refusal: string | null
  /** The guard's whole answer where it did not simply allow, with the line that decided; absent otherwise. */
  readonly verdict?: Verdict
}

/** Whether a person is asked where the guard says so, or has said yes to this very call. */
export type Leave = 'asked' | 'approved'

/** Carries out one call, if the guard lets it. A refusal is an outcome, never an exception. */
export async function act(
  call: ToolCall,
  tools: readonly Tool[],
  given: ToolContext,
  leave: Leave = 'asked',
): Promise<Outcome> {
  const tool = tools.find(({name}) => name === call.tool)
  if (call.problem !== undefined) return refused(call, call.problem)
  if (!tool) return refused(call, `there is no tool ${JSON.stringify(call.tool)}`)
  try {
    const context = tool.learn ? {...given, facts: {...given.facts, ...(await tool.learn(call.input, given))}} : given
    const action = actionOf(tool, call, context)
    const verdict = action && decide(lawBefore(action, context.law), action, context.facts)
    if (verdict && !isLeft(verdict, leave)) return await held(call, {action, verdict}, context)
    const done = await tool.perform(call.input, context)
    const written = action === null ? null : judgeWritten(action, done.changes, {context, leave})
    if (written) return await held(call, written, context)
    context.draft.add(done.changes)
    const effect = done.asks ? 'ask' : (verdict?.effect ?? null)
    return {call, action, effect, rule: verdict?.rule ?? null, done, refusal: null}
  } catch (error) {
    // Also what a person could put right, such as an agent that isn't there: one call's trouble, not the turn's.
    if (error instanceof BadCall || isUserError(error)) return refused(call, error.message)
    throw error
  }
}

/** What the day's log keeps of calls. */
export function linesOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({call, done, refusal}) => {
    if (refusal !== null) return [`refused ${call.tool}: ${refusal}`]
    return done?.line ? [done.line] : []
  })
}

/** Ids of the messages that calls sent or moved. */
export function messagesOf(outcomes: readonly Outcome[]): string[] {
  return [...new Set(outcomes.flatMap(({done}) => done?.messages ?? []))]
}

function actionOf(tool: Tool, {input}: ToolCall, context: ToolContext): Action | null {
  const verb = tool.verbOf(input)
  if (verb === null) return null
  const content = tool.contentOf?.(input)
  return {verb, target: tool.targetOf(input, context), ...(content === undefined ? {} : {content})}
}

/** What a file would say is judged once that is known; until then only where it would lie. */
function lawBefore({verb}: Action, law: Law): Law {
  return verb === 'write' ? {...law, rules: law.rules.filter(({content}) => content === null)} : law
}

/** What a file would say as a whole is known only once the change is planned, and nothing is kept of it before. */
function judgeWritten(
  {verb}: Action,
  changes: readonly Change[],
  {context: {law, facts}, leave}: {readonly context: ToolContext; readonly leave: Leave},
): {readonly action: Action; readonly verdict: Verdict} | null {
  if (verb !== 'write') return null
  for (const change of changes) {
    if (change.kind !== 'write') continue
    const action = {verb, target: change.path, content: change.content}
    const verdict = decide(law, action, facts)
    if (!isLeft(verdict, leave)) return {action, verdict}
  }
  return null
}

/** A yes of a person turns ask into allow, and never deny. */
function isLeft({effect}: Verdict, leave: Leave): boolean {
  return effect === 'allow' || (effect === 'ask' && leave === 'approved')
}

/** What the guard doesn't simply allow: denied, or a request for a person in the turn's own commit. */
async function held(
  call: ToolCall,
  {action, verdict}: {readonly action: Action | null; readonly verdict: Verdict},
  context: ToolContext,
): Promise<Outcome> {
  const {effect, rule, reason} = verdict
  if (effect !== 'ask' || action === null) return {call, action, effect, rule, done: null, refusal: reason, verdict}
  const {askForCall} = await import('./ask-person.js')
  try {
    const done = askForCall(call, {action, verdict}, context)
    context.draft.add(done.changes)
    return {call, action: null, effect, rule, done, refusal: null, verdict}
  } catch (error) {
    // Too many wait already, or a person has said no to the very same.
    if (!(error instanceof BadCall)) throw error
    const no: Verdict = {...verdict, effect: 'deny', reason: error.message}
    return {call, action, effect: 'deny', rule, done: null, refusal: error.message, verdict: no}
  }
}

/** A call that is answered with the reason why nothing came of it. */
export function refused(call: ToolCall, refusal: string): Outcome {
  return {call, action: null, effect: null, rule: null, done: null, refusal}
}
