import {PRIORITIES, parseMessage} from '../../../workspace/message-file.js'
import {finishMessage} from '../../messages/read-messages.js'
import type {ServedTool} from '../served-tool.js'
import {type Taken, takeCall} from '../take-call.js'

/** A signed message to another agent, from this one and nobody else. */
export const messageSend: ServedTool = {
  name: 'message_send',
  title: 'Send a message',
  description: 'Write to another agent of the fleet, signed as you. re: the id of the message it answers.',
  takes: {
    to: {type: 'string', description: 'The name of an agent.'},
    text: {type: 'string'},
    'subject?': {type: 'string'},
    'priority?': {type: 'string', enum: PRIORITIES},
    're?': {type: 'string'},
  },
  hints: {readOnly: false, openWorld: false},
  async call(call) {
    const {sendMessageTool} = await import('../../../turn/tools/send-message.js')
    const taken = await takeCall(sendMessageTool, call.input, call)
    return {value: sentIn(taken), text: taken.done.text}
  },
}

/** A message that is finished. */
export const messageDone: ServedTool = {
  name: 'message_done',
  title: 'Finish a message',
  description: 'Put a message of your inbox away: nothing it asks for is left to do.',
  takes: {id: {type: 'string'}},
  hints: {readOnly: false, idempotent: true},
  async call(call) {
    const {finishMessageTool} = await import('../../../turn/tools/shelve-message.js')
    const {desk} = call
    const taken = await takeCall(finishMessageTool, call.input, call)
    const [id = ''] = taken.done.messages
    const row = await finishMessage(desk.fleet, {id, agent: desk.agent.name}, desk.actor)
    const moved = taken.changes.find((change) => change.kind === 'move')
    const movedFrom = moved === undefined ? null : moved.from.includes('/inbox/new/') ? 'new' : 'cur'
    return {value: {...row, movedFrom, commit: taken.commit}, text: taken.done.text}
  },
}

/** The message as it was written into the other's inbox. */
function sentIn({changes, done, turn, commit}: Taken): object {
  const [id] = done.messages
  for (const change of changes) {
    if (change.kind !== 'write' || !/\/inbox\/(?:new|held)\/[^/]+\.md$/.test(change.path)) continue
    const message = parseMessage(String(change.content), change.path)
    if (message.id !== id) continue
    const {from, to, at, subject, priority, re} = message
    const box = change.path.includes('/inbox/held/') ? 'held' : 'new'
    const reason = box === 'held' ? done.text.replace(/^held until a person looks: /, '') : null
    return {id, from, by: null, to, at, subject, priority, re, path: change.path, box, reason, turn, commit}
  }
  throw new Error('a message that was sent stands in no file')
}
