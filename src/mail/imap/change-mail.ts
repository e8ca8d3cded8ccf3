import type {ImapFlow} from 'imapflow'
import type {MailRef} from '../mail.js'
import type {Changed, MailboxChange} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'
import {moveMail} from './move-mail.js'
import {fetchOne, openAt} from './one-mail.js'

/** Makes one change and looks whether it is so: a server says OK to flags of a mail that isn't there any more. */
export async function changeMail(client: ImapFlow, ref: MailRef, change: MailboxChange): Promise<Changed> {
  const uid = await openAt(client, ref, 'change')
  if (uid === null) return {state: 'gone', ref}
  if (change.kind === 'move') return moveMail(client, {ref, uid, to: change.to})
  const flag = flagOf(change)
  const before = await flagsOf(client, uid)
  if (before === null) return {state: 'gone', ref}
  if (hasFlag(before, flag) === change.on) return {state: 'already', ref}
  const isTaken = change.on
    ? await client.messageFlagsAdd(`${uid}`, [flag], {uid: true})
    : await client.messageFlagsRemove(`${uid}`, [flag], {uid: true})
  const after = isTaken ? await flagsOf(client, uid) : before
  if (after === null) return {state: 'gone', ref}
  if (hasFlag(after, flag) === change.on) return {state: 'done', ref}
  throw new MailTrouble('protocol', `the server keeps no ${flag.replace(/^\\/, '')} in ${ref.folder}`, {
    fix: change.kind === 'label' ? 'Let the rule flag or move instead of label' : `Look at the rights on ${ref.folder}`,
  })
}

async function flagsOf(client: ImapFlow, uid: number): Promise<ReadonlySet<string> | null> {
  const message = await fetchOne(client, uid, {uid: true, flags: true})
  return message === null ? null : (message.flags ?? new Set())
}

/** Servers keep a keyword in the letters of whoever used it first. */
function hasFlag(flags: ReadonlySet<string>, flag: string): boolean {
  return [...flags].some((known) => known.toLowerCase() === flag.toLowerCase())
}

function flagOf(change: Exclude<MailboxChange, {kind: 'move'}>): string {
  switch (change.kind) {
    case 'flag':
      return '\\Flagged'
    case 'seen':
      return '\\Seen'
    case 'label':
      return keywordOf(change.label)
  }
}

/** A label as an IMAP keyword, which knows no blanks and no letters beyond ASCII: "Needs reply" is Needs_reply. */
function keywordOf(label: string): string {
  const plain = label.normalize('NFKD').replace(/\p{M}+/gu, '')
  const keyword = plain
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[^\w.$-]+/g, '')
    .slice(0, 60)
  if (/\w/.test(keyword)) return keyword
  throw new MailTrouble('protocol', `an IMAP server can't keep the label "${label.slice(0, 40)}"`, {
    fix: 'Use a label of the letters a-z and digits in the rule',
  })
}
