import {classifyByRules} from '../src/mail/classify/classify-by-rules.js'
import type {Judged} from '../src/mail/classify/judged.js'
import {readRulebook} from '../src/mail/classify/read-rulebook.js'
import type {MailSeen} from '../src/mail/ledger/record.js'
import {parseMime} from '../src/mail/parse/parse-mime.js'
import {readContent} from '../src/mail/parse/read-content.js'
import {type NewMail, newMail} from '../src/turn/triage/new-mail.js'
import {seenRecord} from '../src/turn/triage/new-records.js'

/** When mails are taken. */
export const AT = '2026-11-20T12:00:00.000Z'
/** The addresses of the account that they come to. */
export const OWN = ['ben@northwind.example', 'service@northwind.example']
/** Its own server, by which name results are believed. */
export const AUTHSERV = 'mx.northwind.example'
const STAMP = {at: AT, turn: 't_01'}

/** A mail with what triage makes of it. */
export interface Taken {
  readonly mail: NewMail
  readonly judged: Judged
  readonly seen: MailSeen
  readonly body: string
}

/** A mail from its bytes to its line in the ledger, as a triage takes it. */
export async function take(
  raw: string | Buffer,
  {rules = '', authserv = AUTHSERV as string | null, known = 0} = {},
): Promise<Taken> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw
  const incoming = {ref: {folder: 'INBOX', key: '1:1'}, received: AT, ...(await parseMime(bytes, {isCut: false}))}
  const mail = newMail('work', incoming)
  const content = readContent(incoming.parts, incoming.head.subject)
  const thread = {isAnsweredByUs: false, urgentFrom: null, knownSender: known}
  const judged = {head: incoming.head, content, account: 'work', received: AT, own: OWN, authserv, thread}
  const {isCertain: _, ...verdict} = classifyByRules(judged, readRulebook([{file: 'MAIL.md', text: rules}]))
  return {mail, judged, seen: seenRecord({...mail, verdict, judged}, STAMP), body: content.fresh}
}

/** A stranger's short mail with these headers besides. */
export function mailWith(headers: Readonly<Record<string, string>>, body = 'Hello.'): string {
  const all = {From: 'Eve <eve@stranger.example>', Subject: 'Hello', 'Message-ID': '<1@stranger.example>', ...headers}
  return `${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n${body}\n`
}

/** As an encoded word, so that nothing of it is lost on the way. */
export function encoded(text: string): string {
  return `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`
}
