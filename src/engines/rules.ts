import type {Engine, EngineRequest} from './engine.js'
import type {IncomingMessage} from './news.js'
import type {ToolCall} from './prompt.js'

/** The engine that needs no key and no network: mail is moved and relayed by rule, judgement is left waiting. */
export const rulesEngine: Engine = {
  name: 'rules',
  model: null,
  async reply(request) {
    const calls = request.news.flatMap((item) => (item.kind === 'message' ? [callFor(item.message, request)] : []))
    const numbered = calls.map((call, index): ToolCall => ({id: String(index + 1), ...call}))
    return {kind: 'answer', text: '', calls: numbered, end: 'done', answered: [], usage: null}
  },
}

function callFor(message: IncomingMessage, {reportsTo}: EngineRequest): Omit<ToolCall, 'id'> {
  const {id} = message
  if (!message.trusted) return {tool: 'message_quarantine', input: {id}}
  const isUrgent = message.priority === 'urgent' && !message.expired
  if (!isUrgent || !reportsTo || isKnownTo(reportsTo, message)) return {tool: 'message_read', input: {id}}
  return {tool: 'message_relay', input: {id, to: reportsTo}}
}

/** Whoever sent it on already is not told again: that is how echoes begin. */
function isKnownTo(agent: string, message: IncomingMessage): boolean {
  return message.from === agent || message.trace.includes(agent)
}
