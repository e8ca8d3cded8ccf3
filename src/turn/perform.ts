import type {ToolCall, ToolResult} from '../engines/prompt.js'
import {steadyMs} from '../kit/clock.js'
import {act, type Outcome, refused} from './act.js'
import type {TurnEnd} from './events.js'
import {secretInCall} from './model-secrets.js'
import type {Session} from './session.js'
import {untilOver, whyOver} from './stopping.js'
import {toldOfSecret} from './tools/secrets.js'
import {factsAfter} from './turn-facts.js'
import {keepResults, overCeiling} from './work.js'

/** Carries out an answer's calls in their order; what ends the turn in between, or null. */
export async function performAll(
  calls: readonly ToolCall[],
  session: Session,
): Promise<{readonly end: TurnEnd; readonly detail: string} | null> {
  const {input, work, effort} = session
  const results: ToolResult[] = []
  let ended: {end: TurnEnd; detail: string} | null = null
  for (const call of calls) {
    ended ??= whyOver(input) ?? ceiling(overCeiling(call, effort, input.ceilings))
    // Every call gets its answer: a conversation with one missing is refused by every provider when it goes on.
    const result = ended ? notDone(call, ended.detail) : await perform(call, session)
    results.push(result)
  }
  keepResults(work, results)
  return ended
}

function ceiling(detail: string | null): {end: TurnEnd; detail: string} | null {
  return detail === null ? null : {end: 'ceiling', detail}
}

async function perform(call: ToolCall, {input, hands, work, effort}: Session): Promise<ToolResult> {
  const {listen, fleet} = input
  const at = new Date(fleet.clock.now()).toISOString()
  work.heard.push({kind: 'call', name: call.tool, text: JSON.stringify(call.input), at})
  listen({kind: 'call', call})
  const started = steadyMs()
  const secret = await secretInCall(call.input, fleet)
  const context = hands.contextFor(work, effort.facts)
  const outcome =
    secret === null
      ? ((await untilOver(act(call, hands.tools, context), input.signal)) ??
        refused(call, 'it was ended with the turn'))
      : refused(call, toldOfSecret(secret))
  work.outcomes.push(outcome)
  effort.facts = factsAfter(effort.facts, outcome)
  if (outcome.done?.note !== undefined) work.tally.notes.add(outcome.done.note)
  const result = resultOf(outcome)
  work.heard.push({kind: 'result', name: call.tool, text: result.text, at})
  if (outcome.rule !== null) listen({kind: 'verdict', id: call.id, rule: outcome.rule})
  listen({kind: 'result', result, effect: outcome.effect, ms: Math.round(steadyMs() - started)})
  return result
}

function resultOf({call: {id, tool}, done, refusal}: Outcome): ToolResult {
  return {id, tool, text: refusal ?? (done?.text || 'done'), isError: refusal !== null}
}

function notDone({id, tool}: ToolCall, why: string): ToolResult {
  return {id, tool, text: `not done: ${why}`, isError: true}
}
