import {type OfferedTools, openTools} from './offered-tools.js'
import type {Tool} from './tool.js'
import {addGuardrailTool} from './tools/guardrails.js'

/** The tools of an agent's turns, and those that only a person's yes can reach. */
export async function openApprovedTools(
  who: Parameters<typeof openTools>[0],
): Promise<Pick<OfferedTools, 'close'> & {readonly tools: readonly Tool[]}> {
  const offered = await openTools(who)
  return {tools: [...offered.tools, addGuardrailTool], close: () => offered.close()}
}
