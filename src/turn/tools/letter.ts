import {judgeEcho} from '../../bus/echo.js'
import {readPrivateKey} from '../../bus/keys.js'
import {countSentThisHour} from '../../bus/rate.js'
import {type Draft as Letter, planSendTo, type SendPlan} from '../../bus/send.js'
import {type AgentEntry, agentPaths, findAgent} from '../../workspace/agents.js'
import type {ToolContext} from '../tool.js'

/** A letter on its way, and why it has to wait for a person; null when it doesn't. */
export interface PlannedLetter extends SendPlan {
  readonly hold: string | null
}

/** Signs a letter of this agent and lays it into its recipient's inbox, or into held/ when it looks like an echo. */
export function planLetter(letter: Omit<Letter, 'from'>, context: ToolContext): PlannedLetter {
  const {fleet, agent} = context
  const {files} = fleet.home
  const recipient = findAgent(fleet.home, letter.to)
  const now = fleet.clock.now()
  const sentThisHour =
    countSentThisHour(files, recipient, {from: agent.name, now}) + countInThisTurn(recipient, context)
  const draft: Letter = {...letter, from: agent.name}
  const {from, to, trace = [], hops = 0} = draft
  const hold = judgeEcho({from, to, trace, hops}, {sentThisHour})
  return {...planSendTo(recipient, draft, {clock: fleet.clock, privateKey: readPrivateKey(files, from), hold}), hold}
}

/** What this turn has written to the same agent already, and nobody can count on the disk yet. */
function countInThisTurn(recipient: AgentEntry, {draft}: ToolContext): number {
  const {inboxNew, held} = agentPaths(recipient)
  return draft
    .changes()
    .filter(
      (change) =>
        change.kind === 'write' &&
        change.path.endsWith('.md') &&
        (change.path.startsWith(`${inboxNew}/`) || change.path.startsWith(`${held}/`)),
    ).length
}
