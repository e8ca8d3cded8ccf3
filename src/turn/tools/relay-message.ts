import {followOn} from '../../bus/echo.js'
import type {InboxMessage} from '../../bus/inbox.js'
import type {Draft} from '../../bus/send.js'
import {planDone} from '../../bus/shelve.js'
import {type Tool, textOf} from '../tool.js'
import {planLetter} from './letter.js'
import {findMessage, nameMessage} from './shelve-message.js'

/** A message sent on to another agent and finished here, in one: it can't be lost between the two. */
export const relayMessageTool: Tool = {
  name: 'message_relay',
  description: 'Send a message on to another agent and finish it here.',
  takes: {id: {type: 'string'}, to: {type: 'string'}},
  isOffered: ({contract}) => contract.may.includes('message'),
  verbOf: () => 'message',
  targetOf: (input) => textOf(input, 'to'),
  perform(input, context) {
    const found = findMessage(input, context)
    const {message, changes, hold} = planLetter(draftRelay(found, textOf(input, 'to')), context)
    return {
      text: hold ? `held until a person looks: ${hold}` : `relayed to ${message.to}, finished here`,
      changes: [...changes, ...planDone(context.agent, found, context.fleet.clock.now())],
      line: `${found.message.priority} message ${nameMessage(found)}; ${hold ? `held: ${hold}` : `relayed to ${message.to}`} as ${message.id}`,
      messages: [found.id, message.id],
    }
  },
}

function draftRelay({message}: InboxMessage, to: string): Omit<Draft, 'from'> {
  return {
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
