import {followOn} from '../../bus/echo.js'
import {cleanLine} from '../../kit/text.js'
import type {Message} from '../../workspace/message-file.js'
import {BadCall} from '../bad-call.js'
import {optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {oneOf} from './input.js'
import {planLetter} from './letter.js'
import {refuseSecrets} from './secrets.js'
import {findKnown} from './shelve-message.js'

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

/** A message to another agent, signed. */
export const sendMessageTool: Tool = {
  name: 'message_send',
  description: 'Write to another agent; re: id of the message it answers.',
  takes: {
    to: {type: 'string'},
    text: {type: 'string'},
    'subject?': {type: 'string'},
    'priority?': {enum: PRIORITIES},
    're?': {type: 'string'},
  },
  isOffered: ({contract}) => [...contract.may, ...contract.ask].includes('message'),
  verbOf: () => 'message',
  targetOf: (input) => textOf(input, 'to'),
  contentOf: (input) => [optionalTextOf(input, 'subject') ?? '', textOf(input, 'text')].join('\n'),
  perform(input, context) {
    const [to, text, subject] = [textOf(input, 'to'), textOf(input, 'text'), optionalTextOf(input, 'subject')]
    refuseReader(to, context)
    refuseSecrets(`${subject ?? ''}\n${text}`, context.fleet)
    const priority = oneOf(input, 'priority', PRIORITIES) ?? 'normal'
    const {message, changes, hold} = planLetter(
      {to, subject, body: text, priority, ...answerTo(input, context)},
      context,
    )
    const fate = hold ? `held until a person looks: ${hold}` : `sent to ${message.to} as ${message.id}`
    return {
      text: fate,
      changes,
      line: cleanLine(`message ${message.id} to ${message.to}: ${message.subject}${hold ? `; held: ${hold}` : ''}`),
      messages: [message.id],
    }
  },
}

function refuseReader(to: string, {agent, fleet}: ToolContext): void {
  if (to === agent.name) throw new BadCall('that is you; what you want to keep belongs into log or remember')
  if (!(to in fleet.home.config.people)) return
  throw new BadCall(
    `${to} is a person, and no channel leads from an agent to a person here; say it in your answer, or in log`,
  )
}

/** An answer stands where its question stood in the chain, and what was from outside stays so. */
function answerTo(
  input: Readonly<Record<string, unknown>>,
  context: ToolContext,
): Partial<Pick<Message, 're' | 'trace' | 'hops' | 'taint'>> {
  const re = optionalTextOf(input, 're')
  if (re === null) return {taint: context.facts.taint[0] ?? null}
  const {message} = findKnown(re, context)
  return {re: message.id, taint: message.taint ?? context.facts.taint[0] ?? null, ...followOn(message)}
}
