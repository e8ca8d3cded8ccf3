import type {ToolCall} from '../engines/engine.js'
import {decide} from '../guard/contract.js'
import {isUserError} from '../kit/errors.js'
import type {Change} from '../workspace/change.js'
import type {Contract} from '../workspace/soul.js'
import {BadCall, type Tool, type ToolContext, type ToolPlan} from './tool.js'
import {logTool} from './tools/log.js'
import {relayMessageTool} from './tools/relay-message.js'
import {finishMessageTool, quarantineMessageTool, readMessageTool} from './tools/shelve-message.js'

/** What an engine can ask for, by name. */
const TOOLS: readonly Tool[] = [logTool, readMessageTool, finishMessageTool, quarantineMessageTool, relayMessageTool]

/** What became of one call: planned, or refused with a reason the engine can read. */
export interface Outcome {
  readonly call: ToolCall
  readonly plan: ToolPlan | null
  readonly refusal: string | null
}

/** Plans one reply's calls in order. A refusal is an outcome, never an exception. */
export function act(calls: readonly ToolCall[], contract: Contract, context: ToolContext): Outcome[] {
  return calls.map((call) => {
    try {
      return actOne(call, contract, context)
    } catch (error) {
      // Also what a person could put right, such as an agent that isn't there: one call's trouble, not the turn's.
      if (error instanceof BadCall || isUserError(error)) return refused(call, error.message)
      throw error
    }
  })
}

/** All changes of a reply, in the order they were asked for. */
export function changesOf(outcomes: readonly Outcome[]): Change[] {
  return outcomes.flatMap(({plan}) => plan?.changes ?? [])
}

/** What the day's log keeps of a reply's calls. */
export function linesOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({call, plan, refusal}) => {
    if (refusal !== null) return [`refused ${call.tool}: ${refusal}`]
    return plan?.line ? [plan.line] : []
  })
}

function actOne(call: ToolCall, contract: Contract, context: ToolContext): Outcome {
  const tool = TOOLS.find(({name}) => name === call.tool)
  if (!tool) return refused(call, `there is no tool ${JSON.stringify(call.tool)}`)
  if (tool.verb !== null) {
    const {effect, reason} = decide({
      contract,
      agent: context.agent,
      verb: tool.verb,
      target: tool.targetOf(call.input),
    })
    if (effect !== 'allow') return refused(call, reason)
  }
  return {call, plan: tool.plan(call.input, context), refusal: null}
}

function refused(call: ToolCall, refusal: string): Outcome {
  return {call, plan: null, refusal}
}
