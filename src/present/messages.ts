import type {FinishedMessage, MessageList, MessageRow, ShownMessage} from '../app/messages/read-messages.js'
import type {SentMessage} from '../app/messages.js'
import {cleanLine, shorten} from '../kit/text.js'
import {formatTable} from './table.js'

const HEAD = ['id', 'when', 'from', 'to', 'subject', 'priority', 'box']

/** What a person is told after sending: where it lies now, and by which name it can be read. */
export function presentSent({id, from, to, by, box, reason, commit}: SentMessage): string {
  const hand = by === null || by === from ? from : `${from} (by ${by})`
  const where = box === 'held' ? `held until a person looks: ${reason ?? ''}` : 'sent'
  return cleanLine(`${id} ${hand} to ${to}: ${where}${commit === null ? ', not committed' : ''}`)
}

/** A table of messages, one a line, and below it what could not be read as one. */
export function presentMessages({agents, messages, unreadable}: MessageList): string {
  const rows = messages.map((row) => [...rowStart(row), row.box, row.verified ? 'yes' : row.trust])
  const table = messages.length === 0 ? noMessages(agents) : formatTable([...HEAD, 'verified'], rows)
  return [table, ...presentUnreadable(unreadable)].join('\n')
}

/** The same for what waits for a person, with why each of them waits. */
export function presentHeld({messages, unreadable}: MessageList): string {
  if (messages.length === 0 && unreadable.length === 0) return 'Nothing is held or in quarantine.'
  const rows = messages.map((row) => [...rowStart(row), row.box, row.reason ?? ''])
  return [formatTable([...HEAD, 'why'], rows), ...presentUnreadable(unreadable)].join('\n')
}

/** One message whole: who it is really from stands before what it says. */
export function presentMessage(message: ShownMessage): string {
  const facts: [string, string | null][] = [
    ['id', message.id],
    ['from', message.verified ? message.from : `${message.from}: NOT VERIFIED, ${message.reason ?? message.trust}`],
    ['to', message.to],
    ['at', message.at],
    ['subject', message.subject],
    ['priority', message.priority],
    ['re', message.re],
    ['trace', message.trace.length > 0 ? message.trace.join(' > ') : null],
    ['taint', message.taint],
    ['expires', message.expires === null ? null : `${message.expires}${message.expired ? ' (expired)' : ''}`],
    ['held', message.verified ? message.reason : null],
    ['box', message.movedFrom === null ? message.box : `${message.box}, before in ${message.movedFrom}`],
  ]
  const head = facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(9)}${cleanLine(value)}`]))
  return [...head, '', message.body].join('\n')
}

/** That it is finished now, or was before. */
export function presentFinished({id, agent, movedFrom}: FinishedMessage): string {
  return movedFrom === null ? `${id} was done already.` : `${id} is done; ${agent} had it in ${movedFrom}.`
}

function rowStart({id, at, from, to, subject, priority, expired}: MessageRow): string[] {
  const late = expired ? ' (expired)' : ''
  return [id.slice(0, 12), at.slice(0, 16).replace('T', ' '), from, to, `${shorten(subject, 40)}${late}`, priority]
}

function presentUnreadable(unreadable: MessageList['unreadable']): string[] {
  return unreadable.map(({path, reason}) => cleanLine(`unreadable: ${path}: ${reason}`))
}

function noMessages(agents: readonly string[]): string {
  return agents.length === 1 ? `No messages wait for ${agents[0]}.` : 'No messages wait for anybody.'
}
