import type {InboxMessage} from '../../bus/inbox.js'
import {planDone, planQuarantine, planRead} from '../../bus/shelve.js'
import {cleanLine} from '../../kit/text.js'
import {BadCall, type Tool, type ToolContext, textOf} from '../tool.js'

/** From new/ to cur/: read, and what it asks for still waits. */
export const readMessageTool: Tool = {
  name: 'message_read',
  description: 'Read a message of your inbox in full.',
  takes: {id: {type: 'string'}},
  verbOf: () => null,
  targetOf: (input) => textOf(input, 'id'),
  perform(input, context) {
    const found = findMessage(input, context)
    const changes = planRead(context.agent, found)
    return {text: found.message.body, changes, line: `message ${nameMessage(found)}`, messages: [found.id]}
  },
}

/** Out of the inbox: what it asked for is done. */
export const finishMessageTool: Tool = {
  name: 'message_done',
  description: 'Finish a message: nothing it asks for is left to do.',
  takes: {id: {type: 'string'}},
  verbOf: () => null,
  targetOf: (input) => textOf(input, 'id'),
  perform(input, context) {
    const found = findMessage(input, context)
    const changes = planDone(context.agent, found, context.fleet.clock.now())
    return {text: 'finished', changes, line: `finished message ${nameMessage(found)}`, messages: [found.id]}
  },
}

/** What isn't proved to be from its sender goes where nobody acts on it. */
export const quarantineMessageTool: Tool = {
  name: 'message_quarantine',
  description: 'Put a message aside that is not proved to be from its sender.',
  takes: {id: {type: 'string'}},
  isOffered: () => false,
  verbOf: () => null,
  targetOf: (input) => textOf(input, 'id'),
  perform(input, context) {
    const found = findIn([...context.inbox.messages, ...context.inbox.forged], input)
    const changes = planQuarantine(context.fleet.home.files, context.agent, [found])
    const line = `quarantined message ${nameMessage(found)} (${found.reason ?? 'not verified'})`
    return {text: 'put aside', changes, line, messages: [found.id]}
  },
}

/** The message an engine means: one that the turn was told of and whose sender is proved, never one it made up. */
export function findMessage(input: Readonly<Record<string, unknown>>, {inbox}: ToolContext): InboxMessage {
  return findIn(inbox.messages, input)
}

function findIn(messages: readonly InboxMessage[], input: Readonly<Record<string, unknown>>): InboxMessage {
  const id = textOf(input, 'id')
  const found = messages.find((message) => message.id === id)
  if (!found) throw new BadCall(`there is no message ${JSON.stringify(id)} that could be acted on`)
  return found
}

/** A message on one line: its id, who it says it is from, its subject. */
export function nameMessage({id, message}: InboxMessage): string {
  return cleanLine(`${id} from ${message.from}: ${message.subject}`)
}
