import {readInbox} from '../bus/inbox.js'
import type {Action, Law, TurnFacts} from '../guard/action.js'
import {newTurnId} from '../kit/ids.js'
import {BadCall} from '../turn/bad-call.js'
import {Draft} from '../turn/draft.js'
import type {ToolContext} from '../turn/tool.js'
import {loadTools} from '../turn/tool-list.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {whyNot} from './mcp/check-input.js'

/** What a call of one of mcos's own tools comes to: no action where nothing has to be allowed; null: it is no such call. */
export async function ownActions(
  {tool: name, input}: {readonly tool: string; readonly input: Readonly<Record<string, unknown>>},
  {
    fleet,
    agent,
    law,
    facts,
  }: {readonly fleet: Fleet; readonly agent: AgentEntry; readonly law: Law; readonly facts: TurnFacts},
): Promise<readonly Action[] | null> {
  const tool = (await loadTools()).find((known) => known.name === name)
  // Some hosts call a tool of theirs by the same name; they say what it is about by other keys.
  if (!tool || law.contract === null || whyNot(tool, input) !== null) return null
  const verb = tool.verbOf(input)
  if (verb === null) return []
  const context: ToolContext = {
    fleet,
    agent,
    contract: law.contract,
    law,
    turn: newTurnId(fleet.clock),
    with: null,
    inbox: readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes: ['new', 'cur']}),
    draft: new Draft(fleet.home.files),
    signal: AbortSignal.abort(),
    facts,
  }
  try {
    const content = tool.contentOf?.(input) ?? [input['content'], input['new']].find((text) => typeof text === 'string')
    const target = tool.targetOf(input, context)
    return [{verb, target, ...(typeof content === 'string' ? {content} : {})}]
  } catch (error) {
    if (error instanceof BadCall) return null
    throw error
  }
}
