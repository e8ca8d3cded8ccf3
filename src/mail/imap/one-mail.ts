import type {FetchMessageObject, ImapFlow} from 'imapflow'
import type {MailRef} from '../mail.js'
import {openBox} from './imap-box.js'
import {parseKey} from './uid-set.js'

/** Opens a mail's folder; its number there, or null where the folder was numbered anew since, or none is known. */
export async function openAt(client: ImapFlow, ref: MailRef, mode: 'read' | 'change'): Promise<number | null> {
  const key = parseKey(ref.key)
  const box = await openBox(client, ref.folder, mode)
  return key !== null && box.uidValidity === key.uidValidity ? key.uid : null
}

/** One mail of the open folder; null where there is none of this number. */
export async function fetchOne(
  client: ImapFlow,
  uid: number,
  query: Parameters<ImapFlow['fetchOne']>[1],
): Promise<FetchMessageObject | null> {
  const message = await client.fetchOne(`${uid}`, query, {uid: true})
  return message && message.uid === uid ? message : null
}
