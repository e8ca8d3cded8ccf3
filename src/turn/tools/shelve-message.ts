import type {InboxMessage} from '../../bus/inbox.js'
import {planDone, planQuarantine, planRead} from '../../bus/shelve.js'
import {cleanLine} from '../../kit/text.js'
import {agentPaths} from '../../workspace/agents.js'
import {BadCall} from '../bad-call.js'
import {type Tool, type ToolContext, textOf} from '../tool.js'
import {cutEnd} from './cut.js'
import {fromOutside} from './outside.js'

/** From new/ to cur/: read, and what it asks for still waits. */
export const readMessageTool: Tool = {
  name: 'message_read',
  description: 'Read a message of your inbox in full.',
  takes: {id: {type: 'string'}},
  verbOf: () => null,
  targetOf: (input) => textOf(input, 'id'),
  perform(input, context) {
    const found = findMessage(input, context)
    const {message, id} = found
    const {taint} = message
    const head = `From ${message.from}, ${message.at}, ${message.priority}: ${cleanLine(message.subject)}`
    const body = cutEnd(message.body)
    return {
      text: `${head}\n\n${taint === null ? body : fromOutside(body, taint)}`,
      changes: planRead(context.agent, found),
      line: `message ${nameMessage(found)}`,
      messages: [id],
      ...(taint === null ? {} : {taint}),
    }
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
    const found = findIn([...context.inbox.messages, ...context.inbox.forged], textOf(input, 'id'))
    const changes = planQuarantine(context.fleet.home.files, context.agent, [found])
    const line = lineOfForged(found)
    return {text: 'put aside', changes, line, messages: [found.id]}
  },
}

/** The message an engine means: one that the turn was told of and whose sender is proved, never one it made up. */
export function findMessage(input: Readonly<Record<string, unknown>>, context: ToolContext): InboxMessage {
  return whereItIs(findKnown(textOf(input, 'id'), context), context)
}

/** As findMessage, by an id or the beginning of one, wherever the turn may have moved it by now. */
export function findKnown(id: string, {inbox}: ToolContext): InboxMessage {
  if (inbox.forged.some((message) => message.id === id)) {
    throw new BadCall(`message ${id} is not proved to be from its sender: nobody reads it or acts on it`)
  }
  return findIn(inbox.messages, id)
}

function findIn(messages: readonly InboxMessage[], id: string): InboxMessage {
  const exact = messages.find((message) => message.id === id)
  const [only, ...more] = exact ? [exact] : messages.filter((message) => message.id.startsWith(id.toUpperCase()))
  if (only && more.length === 0) return only
  throw new BadCall(`there is no message ${JSON.stringify(id)} that could be acted on`)
}

/** What this turn has read or finished before lies in another folder by now. */
function whereItIs(found: InboxMessage, {agent, draft}: ToolContext): InboxMessage {
  if (draft.read(found.path) !== null) return found
  const file = found.path.slice(found.path.lastIndexOf('/') + 1)
  const path = `${agentPaths(agent).inboxCur}/${file}`
  const box = draft.read(path) === null ? 'done' : 'cur'
  return {...found, path, box, reasonFile: null}
}

/** A forged message in the log, which models read: nothing of it but its id and what is wrong with it. */
export function lineOfForged({id, reason}: InboxMessage): string {
  return cleanLine(`quarantined message ${id} (${reason ?? 'not verified'})`)
}

/** A message on one line: its id, who it says it is from, its subject. */
export function nameMessage({id, message}: InboxMessage): string {
  return cleanLine(`${id} from ${message.from}: ${message.subject}`)
}
