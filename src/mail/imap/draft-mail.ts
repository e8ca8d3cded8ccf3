import type {ImapFlow} from 'imapflow'
import type {ImapAccount} from '../../workspace/config.js'
import {composeDraft, draftId, isUntouchedDraft, writerOf} from '../compose.js'
import type {MailRef} from '../mail.js'
import type {Drafted, ReplyDraft} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'
import {openBox} from './imap-box.js'
import {fetchOne, openAt} from './one-mail.js'
import {searchId} from './search-id.js'
import {specialFolder} from './special-folder.js'
import {formatKey} from './uid-set.js'

interface Draft {
  readonly reply: ReplyDraft
  readonly account: ImapAccount
  readonly now: number
}

/** A draft of mcos is never longer, so that one that is was changed. */
const MOST_DRAFT = 512 * 1024

/** Lays a reply into the drafts, unless it is there already or a person has begun one to the same mail. */
export async function layDraft(client: ImapFlow, {reply, account, now}: Draft): Promise<Drafted> {
  const folder = await specialFolder(client, 'Drafts')
  const from = writerOf(account.user, account.addresses, account.host)
  const id = draftId(reply.mark, from)
  // Opened for changes, as a folder that is only read is said to keep no flags, \Draft among them.
  const {uidValidity} = await openBox(client, folder, 'change')
  const refAt = (uid: number): MailRef => ({folder, key: formatKey(uidValidity, uid)})
  const parent = reply.to.head.messageId
  const there =
    (await searchId(client, 'message-id', id)) ??
    (parent === null ? null : await searchId(client, 'in-reply-to', parent))
  if (there !== null) return {state: 'there', ref: refAt(there)}
  const laid = await client.append(folder, composeDraft(reply, {from, now}), ['\\Draft', '\\Seen'])
  const uid = (laid === false ? null : laid.uid) ?? (await searchId(client, 'message-id', id))
  if (uid !== null) return {state: 'done', ref: refAt(uid)}
  throw new MailTrouble('protocol', `the server took a draft into ${folder} and doesn't show it`, {
    fix: `Look whether it lies in ${folder}`,
  })
}

/** A mail's bytes never change under one number: a person who edits a draft lays down a new one in its place. */
export async function withdrawDraft(client: ImapFlow, ref: MailRef): Promise<'done' | 'changed' | 'gone'> {
  const uid = await openAt(client, ref, 'change')
  const draft =
    uid === null ? null : await fetchOne(client, uid, {uid: true, source: {start: 0, maxLength: MOST_DRAFT}})
  if (uid === null || !draft?.source) return 'gone'
  if (!isUntouchedDraft(draft.source)) return 'changed'
  const trash = await specialFolder(client, 'Trash')
  if (!client.capabilities.has('MOVE')) {
    throw new MailTrouble('protocol', 'the server can only copy and remove, not move', {
      fix: `Remove the draft in ${ref.folder} by hand`,
    })
  }
  const moved = await client.messageMove(`${uid}`, trash, {uid: true})
  if (moved !== false && (await fetchOne(client, uid, {uid: true})) === null) return 'done'
  throw new MailTrouble('protocol', `the server doesn't move the draft to ${trash}`, {
    fix: `Remove the draft in ${ref.folder} by hand`,
  })
}
