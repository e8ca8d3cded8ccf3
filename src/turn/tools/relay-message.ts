import {followOn, judgeEcho} from '../../bus/echo.js'
import type {InboxMessage} from '../../bus/inbox.js'
import {readPrivateKey} from '../../bus/keys.js'
import {countSentThisHour} from '../../bus/rate.js'
import {type Draft, planSendTo} from '../../bus/send.js'
import {planDone} from '../../bus/shelve.js'
import {findAgent} from '../../workspace/agents.js'
import {type Tool, textOf} from '../tool.js'
import {findMessage, nameMessage} from './shelve-message.js'

/** A message sent on to another agent and finished here, in one: it can't be lost between the two. */
export const relayMessageTool: Tool = {
  name: 'message_relay',
  description: 'Send a message on to another agent and finish it here.',
  takes: {id: {type: 'string'}, to: {type: 'string'}},
  verbOf: () => 'message',
  targetOf: (input) => textOf(input, 'to'),
  perform(input, context) {
    const {fleet, agent} = context
    const found = findMessage(input, context)
    const draft = draftRelay(found, {from: agent.name, to: textOf(input, 'to')})
    const now = fleet.clock.now()
    const recipient = findAgent(fleet.home, draft.to)
    const sentThisHour = countSentThisHour(fleet.home.files, recipient, {from: agent.name, now})
    const hold = judgeEcho(
      {from: draft.from, to: draft.to, trace: found.message.trace, hops: draft.hops ?? 0},
      {sentThisHour},
    )
    const privateKey = readPrivateKey(fleet.home.files, agent.name)
    const sent = planSendTo(recipient, draft, {clock: fleet.clock, privateKey, hold})
    return {
      text: hold ? `held until a person looks: ${hold}` : `relayed to ${draft.to}, finished here`,
      changes: [...sent.changes, ...planDone(agent, found, now)],
      line: `${found.message.priority} message ${nameMessage(found)}; ${hold ? `held: ${hold}` : `relayed to ${draft.to}`} as ${sent.message.id}`,
      messages: [found.id, sent.message.id],
    }
  },
}

function draftRelay({message}: InboxMessage, {from, to}: {from: string; to: string}): Draft {
  return {
    from,
    to,
    subject: `Fwd: ${message.subject}`,
    body: `From ${message.from}, ${message.at}:\n\n${message.body}`,
    priority: message.priority,
    re: message.id,
    taint: message.taint,
    expires: message.expires,
    ...followOn(message),
  }
}
