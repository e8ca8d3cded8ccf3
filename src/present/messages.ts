import type {SentMessage} from '../app/messages.js'
import type {FinishedMessage, MessageList, MessageRow, ShownMessage} from '../app/read-messages.js'
import {cleanLine, shorten} from '../kit/text.js'

const HEADER = ['ID', 'WHEN', 'FROM', 'TO', 'SUBJECT', 'PRIORITY', 'BOX', 'VERIFIED']

/** What a person is told after sending: where it lies now, and by which name it can be read. */
export function presentSent({id, from, to, by, box, reason, commit}: SentMessage): string {
  const hand = by === null || by === from ? from : `${from} (by ${by})`
  const where = box === 'held' ? `held until a person looks: ${reason ?? ''}` : 'sent'
  return cleanLine(`${id} ${hand} to ${to}: ${where}${commit === null ? ', not committed' : ''}`)
}

/** A table of messages, one a line, and below it what could not be read as one. */
export function presentMessages({agents, messages, unreadable}: MessageList): string {
  const rows = messages.map((row) => [...rowStart(row), row.box, row.verified ? 'yes' : row.trust])
  const table = messages.length === 0 ? [noMessages(agents)] : alignColumns([HEADER, ...rows])
  return [...table, ...unreadable.map(({path, reason}) => cleanLine(`unreadable: ${path}: ${reason}`))].join('\n')
}

/** The same for what waits for a person, with why each of them waits. */
export function presentHeld({agents, messages, unreadable}: MessageList): string {
  if (messages.length === 0 && unreadable.length === 0) return 'Nothing is held or in quarantine.'
  const rows = messages.map((row) => [...rowStart(row), row.box, row.reason ?? ''])
  const table = presentMessages({agents, messages: [], unreadable}).split('\n').slice(1)
  return [...alignColumns([[...HEADER.slice(0, 7), 'WHY'], ...rows]), ...table].join('\n')
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

function noMessages(agents: readonly string[]): string {
  return agents.length === 1 ? `No messages wait for ${agents[0]}.` : 'No messages wait for anybody.'
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(cleanLine))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
