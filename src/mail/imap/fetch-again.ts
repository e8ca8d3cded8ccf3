import type {ImapFlow} from 'imapflow'
import type {Incoming, MailRef} from '../mail.js'
import {type Fetched, fetchMails} from './fetch-mails.js'
import {openBox} from './imap-box.js'
import {openAt} from './one-mail.js'
import {searchId} from './search-id.js'

/** One mail once more: by its number, or by its Message-ID where its folder was numbered anew. */
export async function fetchAgain(client: ImapFlow, ref: MailRef, messageId: string | null): Promise<Incoming | null> {
  const known = await openAt(client, ref, 'read')
  const found = known === null ? null : await fetchAt(client, ref.folder, known)
  if (found !== null || messageId === null) return found
  const uid = await searchId(client, 'message-id', messageId)
  return uid === null ? null : fetchAt(client, ref.folder, uid)
}

async function fetchAt(client: ImapFlow, folder: string, uid: number): Promise<Incoming | null> {
  const {uidValidity} = await openBox(client, folder)
  const fetched: Fetched = {mails: new Map(), broken: new Map()}
  await fetchMails(client, {folder, uidValidity, uids: [uid]}, fetched)
  return fetched.mails.get(uid) ?? null
}
