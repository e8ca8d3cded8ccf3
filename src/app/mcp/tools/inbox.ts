import {readInbox} from '../../../bus/inbox.js'
import {textOf} from '../../../turn/tool.js'
import {fromOutside} from '../../../turn/tools/outside.js'
import {listMessages, readMessage} from '../../messages/read-messages.js'
import type {ServedTool} from '../served-tool.js'
import {takeCall} from '../take-call.js'

/** What lies in the agent's own inbox; of what isn't proved to be from its sender only that it is there. */
export const inboxList: ServedTool = {
  name: 'inbox_list',
  title: 'List the inbox',
  description:
    'Messages in your own inbox that are unread or not finished, oldest first. Messages whose sender is not proved are named by id alone. all: finished ones as well.',
  takes: {'all?': {type: 'boolean'}},
  hints: {readOnly: true},
  async call({desk, input}) {
    const {fleet, agent, actor} = desk
    const list = listMessages(fleet, {agent: agent.name, all: input['all'] === true}, actor)
    const shown = list.messages.filter(({verified, box}) => verified && box !== 'held' && box !== 'quarantine')
    const aside = list.messages.filter((row) => !shown.includes(row))
    // Its subject alone tells what somebody outside has written.
    const known = readInbox(fleet.home, agent, {now: fleet.clock.now()}).messages
    const taint = known.flatMap(({id, message}) =>
      message.taint !== null && shown.some((row) => row.id === id) ? [message.taint] : [],
    )
    if (taint.length > 0) desk.hear({taint})
    const put = aside.map(({id, box, at, verified}) => ({id, box, at, verified}))
    return {value: {agents: list.agents, messages: shown, aside: put, unreadable: list.unreadable}}
  },
}

/** One message whole; it counts as read from then on. */
export const inboxRead: ServedTool = {
  name: 'inbox_read',
  title: 'Read a message',
  description:
    'Read one message of your inbox in full, by its id or the beginning of it; it then counts as read. Finish it with message_done.',
  takes: {id: {type: 'string'}},
  hints: {readOnly: false, idempotent: true},
  async call(call) {
    const {readMessageTool} = await import('../../../turn/tools/shelve-message.js')
    const {desk, input} = call
    const taken = await takeCall(readMessageTool, {id: textOf(input, 'id')}, call)
    const [id = ''] = taken.done.messages
    const shown = await readMessage(desk.fleet, {id, agent: desk.agent.name, take: false}, desk.actor)
    const body = shown.taint === null ? shown.body : fromOutside(shown.body, shown.taint)
    const movedFrom = taken.changes.length > 0 ? 'new' : null
    return {value: {...shown, body, movedFrom, commit: taken.commit}, text: taken.done.text}
  },
}
