import {mailId, threadId} from '../../mail/identity.js'
import type {Incoming} from '../../mail/mail.js'

/** A mail that was never seen before, as it came from its account. */
export interface NewMail {
  readonly id: string
  readonly thread: string
  readonly account: string
  readonly incoming: Incoming
}

/** A mail under the id that it has whenever and wherever it is read. */
export function newMail(account: string, incoming: Incoming): NewMail {
  const id = mailId(account, incoming.head, incoming.received)
  return {id, thread: threadId(incoming.head, id), account, incoming}
}
