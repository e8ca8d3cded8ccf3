import {type Engine, type EngineRequest, NO_USAGE, type ToolCall} from './engine.js'
import type {IncomingMessage} from './news.js'

/** The engine that needs no key and no network: mail is moved and relayed by rule, judgement is left waiting. */
export const rulesEngine: Engine = {
  name: 'rules',
  async reply(request) {
    const calls = request.news.flatMap((item) => (item.kind === 'message' ? callsFor(item.message, request) : []))
    return {kind: 'answer', text: '', calls, answered: [], usage: NO_USAGE}
  },
}

function callsFor(message: IncomingMessage, {reportsTo}: EngineRequest): ToolCall[] {
  const {id} = message
  if (!message.trusted) return [{tool: 'message.quarantine', input: {id}}]
  const isUrgent = message.priority === 'urgent' && !message.expired
  if (!isUrgent || !reportsTo || isKnownTo(reportsTo, message)) {
    return [{tool: 'message.read', input: {id}}]
  }
  return [{tool: 'message.relay', input: {id, to: reportsTo}}]
}

/** Whoever sent it on already is not told again: that is how echoes begin. */
function isKnownTo(agent: string, message: IncomingMessage): boolean {
  return message.from === agent || message.trace.includes(agent)
}
