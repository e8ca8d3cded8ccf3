import {contentHash} from '../kit/hash.js'
import type {MailHead} from './mail.js'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A mail's id, the same whenever and wherever it is read: also after its folder was numbered anew, and on another
 * machine. Not of the Message-ID alone: who knows that of another's mail could else have theirs taken for read.
 */
export function mailId(
  account: string,
  {messageId, date, from, subject}: Pick<MailHead, 'messageId' | 'date' | 'from' | 'subject'>,
  received: string,
): string {
  // What has neither id nor date is told apart by when the server took it in.
  const when = messageId === null && date === null ? received : date
  return `m_${shortHash(JSON.stringify([account, messageId, when, from.address, subject]))}`
}

/**
 * Whether what lies at a mail's place is that mail. Where it was moved away it is looked for by its Message-ID, and a
 * stranger who knows that can have sent another mail with it.
 */
export function isSameMail(
  {id, account}: {readonly id: string; readonly account: string},
  {head, received}: {readonly head: MailHead; readonly received: string},
): boolean {
  return mailId(account, head, received) === id
}

/** A thread's id: of the oldest mail that this one refers to, or of itself. */
export function threadId(
  {messageId, references, inReplyTo}: Pick<MailHead, 'messageId' | 'references' | 'inReplyTo'>,
  id: string,
): string {
  const root = references[0] ?? inReplyTo ?? messageId
  return `c_${shortHash(root === null ? id : `thread ${root}`)}`
}

function shortHash(fact: string): string {
  const digits = contentHash(fact).slice(7, 31).match(/../g) ?? []
  return digits.map((pair) => ALPHABET[Number.parseInt(pair, 16) & 31]).join('')
}
