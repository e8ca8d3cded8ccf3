import type {ToolCall} from '../engines/prompt.js'
import {decide} from '../guard/contract.js'
import {isUserError} from '../kit/errors.js'
import {BadCall, type Tool, type ToolContext, type ToolOutcome} from './tool.js'

/** What became of one call: done or planned, or refused with a reason the engine can read. */
export interface Outcome {
  readonly call: ToolCall
  /** What the guard said; null where it wasn't asked. */
  readonly effect: 'allow' | 'ask' | 'deny' | null
  readonly done: ToolOutcome | null
  readonly refusal: string | null
}

/** Carries out one call, if the guard lets it. A refusal is an outcome, never an exception. */
export async function act(call: ToolCall, tools: readonly Tool[], context: ToolContext): Promise<Outcome> {
  const tool = tools.find(({name}) => name === call.tool)
  if (call.problem !== undefined) return refused(call, call.problem)
  if (!tool) return refused(call, `there is no tool ${JSON.stringify(call.tool)}`)
  try {
    const verdict = judge(tool, call, context)
    if (verdict && verdict.effect !== 'allow') return {...refused(call, verdict.reason), effect: verdict.effect}
    const done = await tool.perform(call.input, context)
    context.draft.add(done.changes)
    return {call, effect: verdict?.effect ?? null, done, refusal: null}
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

function judge(tool: Tool, {input}: ToolCall, context: ToolContext): ReturnType<typeof decide> | null {
  const verb = tool.verbOf(input)
  if (verb === null) return null
  return decide({contract: context.contract, agent: context.agent, verb, target: tool.targetOf(input, context)})
}

function refused(call: ToolCall, refusal: string): Outcome {
  return {call, effect: null, done: null, refusal}
}
