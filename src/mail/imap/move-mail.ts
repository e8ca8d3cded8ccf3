import type {ImapFlow} from 'imapflow'
import type {MailRef} from '../mail.js'
import type {Changed} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'
import {noFolder, openBox} from './imap-box.js'
import {fetchOne} from './one-mail.js'
import {searchId} from './search-id.js'
import {specialFolder} from './special-folder.js'
import {formatKey} from './uid-set.js'

interface Move {
  readonly ref: MailRef
  readonly uid: number
  /** null: to the archive. */
  readonly to: string | null
}

/**
 * Moves a mail out of the folder that is open for changes, and says where it is then. Only with the server's own MOVE:
 * what stands in for it elsewhere is a copy and an expunge, and nothing here expunges.
 */
export async function moveMail(client: ImapFlow, {ref, uid, to}: Move): Promise<Changed> {
  const target = to ?? (await specialFolder(client, 'Archive'))
  if (target === ref.folder) return {state: 'already', ref}
  if (!client.capabilities.has('MOVE')) {
    throw new MailTrouble('protocol', 'the server can only copy and remove, not move', {
      fix: 'Let the rule flag or label instead of move',
    })
  }
  const before = await fetchOne(client, uid, {uid: true, headers: ['message-id']})
  if (before === null) return {state: 'gone', ref}
  const moved = await client.messageMove(`${uid}`, target, {uid: true})
  if (!moved) throw await whyNot(client, target)
  const given = moved.uidMap?.get(uid)
  if (given !== undefined && moved.uidValidity !== undefined) return doneAt(target, `${moved.uidValidity}`, given)
  // No word of where it went: a number that was gone, or a server that doesn't say.
  if ((await fetchOne(client, uid, {uid: true})) !== null) throw await whyNot(client, target)
  const box = await openBox(client, target)
  const [messageId] = /<[^<>]+>/.exec(before.headers?.toString('latin1') ?? '') ?? []
  const found = messageId === undefined ? null : await searchId(client, 'message-id', messageId)
  return found === null ? {state: 'gone', ref} : doneAt(target, box.uidValidity, found)
}

function doneAt(folder: string, uidValidity: string, uid: number): Changed {
  return {state: 'done', ref: {folder, key: formatKey(uidValidity, uid)}}
}

async function whyNot(client: ImapFlow, target: string): Promise<MailTrouble> {
  const folders = await client.list({listOnly: true})
  if (!folders.some(({path}) => path === target)) return noFolder(client, target)
  return new MailTrouble('protocol', `the server doesn't move mail to ${target}`, {
    fix: `Look at the rights on ${target}, or name another folder in the rule`,
  })
}
