import {cleanLine, shorten} from '../../kit/text.js'
import {mailId, threadId} from '../../mail/identity.js'
import type {MailLedger} from '../../mail/ledger/read.js'
import type {AccountRecord, MailMoved, MailSeen} from '../../mail/ledger/record.js'
import type {Incoming} from '../../mail/mail.js'
import type {JudgedMail} from './judge-mails.js'
import {type NewMail, newMail} from './new-mail.js'
import type {ReadAccount} from './read-accounts.js'

/** Mail that its server took in longer ago is nobody's news, wherever it turns up. */
const OLDEST_MS = 30 * 86_400_000

/** What is new among all that was read, and what only lies elsewhere than before. */
export interface Sorted {
  readonly fresh: readonly NewMail[]
  readonly moved: readonly {readonly id: string; readonly incoming: Incoming}[]
  /** By account: mails that are too old to be new. */
  readonly old: ReadonlyMap<string, number>
}

/** Each mail once: a known one is not new under another number, in another folder, or read again. */
export function sortOut(read: readonly ReadAccount[], ledger: MailLedger, now: number): Sorted {
  const fresh = new Map<string, NewMail>()
  const moved: {id: string; incoming: Incoming}[] = []
  const old = new Map<string, number>()
  for (const {name, reading, since} of read) {
    const oldest = Math.min(now - OLDEST_MS, since)
    for (const incoming of reading.mails) {
      const mail = newMail(name, incoming)
      const known = ledger.mails.get(mail.id)
      if (known) {
        if (reading.isReset && isElsewhere(known.ref, incoming.ref)) moved.push({id: mail.id, incoming})
      } else if (Date.parse(incoming.received) < oldest) old.set(name, (old.get(name) ?? 0) + 1)
      else if (!fresh.has(mail.id)) fresh.set(mail.id, mail)
    }
  }
  return {fresh: [...fresh.values()], moved, old}
}

/** Numbered anew in the same folder; a copy in another folder leaves the first one where it is. */
function isElsewhere(before: Incoming['ref'], now: Incoming['ref']): boolean {
  return before.folder === now.folder && before.key !== now.key
}

interface Stamp {
  readonly at: string
  readonly turn: string
}

export function movedRecords({moved}: Sorted, {at, turn}: Stamp): MailMoved[] {
  return moved.map(({id, incoming}) => ({kind: 'moved', at, turn, id, ref: incoming.ref}))
}

/** A judged mail as the ledger keeps it: never its body. */
export function seenRecord({id, thread, account, incoming, verdict, judged}: JudgedMail, {at, turn}: Stamp): MailSeen {
  const {head, ref, received} = incoming
  return {
    kind: 'mail',
    at,
    turn,
    account,
    id,
    message_id: head.messageId,
    thread,
    ref,
    received,
    from: head.from.address,
    from_name: shorten(cleanLine(head.from.name), 120),
    to: [...head.to, ...head.cc].map(({address}) => address).slice(0, 20),
    subject: shorten(cleanLine(head.subject), 300),
    class: verdict.class,
    urgency: verdict.urgency,
    confidence: verdict.confidence,
    reason: shorten(cleanLine(verdict.reason), 300),
    by: verdict.by,
    sources: verdict.sources,
    marks: verdict.marks,
    attachments: judged.content.attachments.slice(0, 20),
    actions: verdict.wishes,
    ...(verdict.tell.length === 0 ? {} : {tell: verdict.tell}),
  }
}

/** A mail that could not be read at all has its line once, so that it neither blocks the others nor goes unsaid. */
export function brokenRecords({name, reading}: ReadAccount, ledger: MailLedger, {at, turn}: Stamp): MailSeen[] {
  return reading.broken.flatMap(({ref, received, why}): MailSeen[] => {
    const messageId = `${ref.folder} ${ref.key}`
    const id = mailId(name, {messageId, date: null, from: {address: '', name: ''}, subject: ''}, '')
    if (ledger.mails.has(id)) return []
    return [
      {
        kind: 'mail',
        at,
        turn,
        account: name,
        id,
        message_id: null,
        thread: threadId({messageId: null, references: [], inReplyTo: null}, id),
        ref,
        received: received ?? at,
        from: '',
        from_name: '',
        to: [],
        subject: '(it could not be read)',
        class: 'other',
        urgency: 1,
        confidence: 1,
        reason: shorten(cleanLine(`It could not be read: ${why}`), 300),
        by: 'rule',
        sources: ['unreadable'],
        marks: ['unreadable'],
        attachments: [],
        actions: [],
      },
    ]
  })
}

/** What an account's first reading or its renumbering was; whether it fails is for those who tell of it. */
export function readingRecords(read: ReadAccount, {old}: Sorted, {at, turn}: Stamp): AccountRecord[] {
  const {name, reading, isFirst, since, damaged} = read
  const left = reading.left + (old.get(name) ?? 0)
  const common = {kind: 'account', at, turn, account: name} as const
  if (isFirst && reading.cursor !== null) {
    const from = new Date(since).toISOString()
    const detail =
      left === 0 ? 'read for the first time' : `read for the first time; ${left} older mails are left unread`
    return [{...common, state: 'first', since: from, detail, left}]
  }
  if (damaged !== null && reading.cursor !== null) {
    return [{...common, state: 'reset', since: at, detail: `${damaged}; what is new was found by the ledger`}]
  }
  if (!reading.isReset) return []
  return [
    {...common, state: 'reset', since: at, detail: 'its server has numbered it anew; known mails were known again'},
  ]
}
