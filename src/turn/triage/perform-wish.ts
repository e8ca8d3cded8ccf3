import {isSameMail} from '../../mail/identity.js'
import type {ActionRecord} from '../../mail/ledger/record.js'
import type {MailRef} from '../../mail/mail.js'
import type {Changed, Mailbox, MailboxChange} from '../../mail/mailbox.js'
import {whyNoReply} from '../../mail/may-reply.js'
import {readContent} from '../../mail/parse/read-content.js'
import {MailTrouble} from '../../mail/trouble.js'
import type {Wish} from '../../mail/verdict.js'
import type {PendingWish} from './pending-wish.js'

/** How one wish ended. */
export interface Performed {
  readonly state: Exclude<ActionRecord['state'], 'undone'>
  /** Where the mail is now. */
  readonly ref: MailRef
  /** Where the draft lies. */
  readonly draft?: MailRef
  readonly why: string | null
}

interface At {
  readonly mailbox: Mailbox
  /** The account's own addresses. */
  readonly own: readonly string[]
  /** Whether an earlier process had begun it and nobody knows how far it came. */
  readonly wasBegun: boolean
}

/** Carries out one wish. What the account as a whole suffers from is thrown; what concerns this mail alone is an end. */
export async function performWish(pending: PendingWish, at: At): Promise<Performed> {
  const {wish, ref} = pending
  try {
    return wish.kind === 'draft' ? await draft(pending, wish.text, at) : await change(pending, changeOf(wish), at)
  } catch (error) {
    if (!(error instanceof MailTrouble) || error.kind !== 'folder') throw error
    return {state: 'failed', ref, why: error.message}
  }
}

function changeOf(wish: Exclude<Wish, {kind: 'draft'}>): MailboxChange {
  switch (wish.kind) {
    case 'label':
      return {kind: 'label', label: wish.label, on: true}
    case 'flag':
      return {kind: 'flag', on: true}
    case 'mark-read':
      return {kind: 'seen', on: true}
    case 'move':
      return {kind: 'move', to: wish.to}
    case 'archive':
      return {kind: 'move', to: null}
  }
}

async function change(pending: PendingWish, wanted: MailboxChange, {mailbox, wasBegun}: At): Promise<Performed> {
  const changed = await mailbox.change(pending.ref, wanted)
  if (changed.state === 'gone') return gone(pending, wanted, {mailbox, wasBegun})
  // What stands so because a killed process of ours has done it is ours to take back.
  const state: Changed['state'] = changed.state === 'already' && wasBegun ? 'done' : changed.state
  return {state, ref: changed.ref, why: null}
}

async function gone(
  {id, account, ref, messageId}: PendingWish,
  wanted: MailboxChange,
  {mailbox, wasBegun}: Omit<At, 'own'>,
): Promise<Performed> {
  if (wasBegun && wanted.kind === 'move' && wanted.to !== null) {
    const found = await mailbox.fetch({folder: wanted.to, key: ''}, messageId)
    if (found !== null && isSameMail({id, account}, found)) return {state: 'done', ref: found.ref, why: null}
  }
  return {state: 'failed', ref, why: `the mail is no longer in ${ref.folder}`}
}

async function draft({id, account, ref, messageId}: PendingWish, text: string, {mailbox, own}: At): Promise<Performed> {
  const mail = await mailbox.fetch(ref, messageId)
  if (mail === null || !isSameMail({id, account}, mail))
    return {state: 'failed', ref, why: `the mail is no longer in ${ref.folder}`}
  const why = whyNoReply(mail.head, own)
  if (why !== null) return {state: 'refused', ref, why: `no draft, as ${why}`}
  const {head, received, parts} = mail
  const drafted = await mailbox.draft({
    mark: `mcos-${id.slice(2)}`,
    to: {ref: mail.ref, head, received},
    text,
    quote: readContent(parts).text,
  })
  return drafted.state === 'done'
    ? {state: 'done', ref, draft: drafted.ref, why: null}
    : {state: 'already', ref, draft: drafted.ref, why: 'a draft was there already'}
}
