import {type Message, PRIORITIES} from '../workspace/message-file.js'
import {idInFileName, messageTime, timeInFileName} from './file-name.js'

const MAX_SUBJECT = 200

/** A file somebody dropped into an inbox, read as well as it can be to be shown: what it says of itself is a claim. */
export function readByHand(
  text: string,
  {owner, file, mtimeMs}: {owner: string; file: string; mtimeMs: number},
): Message {
  const {head, body} = splitHead(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  return {
    id: idInFileName(file) ?? file.replace(/\.md$/, ''),
    from: head.get('from') ?? 'unknown',
    to: head.get('to') ?? owner,
    at: readTime(head.get('at')) ?? messageTime(timeInFileName(file) ?? mtimeMs),
    subject: (head.get('subject') ?? firstLine(body)).slice(0, MAX_SUBJECT),
    priority: PRIORITIES.find((known) => known === head.get('priority')) ?? 'normal',
    re: head.get('re') ?? null,
    trace: [],
    hops: 0,
    expires: null,
    taint: 'unverified',
    sig: head.get('sig') ?? null,
    body,
  }
}

/** `key: value` lines between two rules; anything else is simply body. The first of two equal keys is the one shown. */
function splitHead(text: string): {head: Map<string, string>; body: string} {
  const head = new Map<string, string>()
  const match = /^---\n((?:.*\n)*?)---(?:\n|$)/.exec(text)
  if (!match) return {head, body: text}
  for (const line of (match[1] ?? '').split('\n')) {
    const colon = line.indexOf(':')
    const key = line.slice(0, Math.max(colon, 0))
    const value = line.slice(colon + 1).trim()
    if (/^[a-z]+$/.test(key) && value && value !== 'null' && !head.has(key)) head.set(key, unquote(value))
  }
  return {head, body: text.slice(match[0].length).replace(/^\n/, '')}
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value
}

function readTime(text: string | undefined): string | null {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? null : messageTime(ms)
}

function firstLine(body: string): string {
  return (body.split('\n').find((line) => line.trim() !== '') ?? '').replace(/^#+\s*/, '').trim()
}
