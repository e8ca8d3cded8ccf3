import type {MailContent, MailHead} from '../mail.js'

/** One mail with all that may be known when it is judged; nothing here is looked up later. */
export interface Judged {
  readonly head: MailHead
  readonly content: MailContent
  /** The account's name in mcos.yaml. */
  readonly account: string
  /** When the server took it in, ISO: what "today" and "tomorrow" are counted from. */
  readonly received: string
  /** The account's own addresses, lower case. */
  readonly own: readonly string[]
  /** The only server whose Authentication-Results are believed; null: nobody's. */
  readonly authserv: string | null
  readonly thread: ThreadFacts
}

/** What the ledger knows of a mail's thread and sender. */
export interface ThreadFacts {
  /** Whether the account's owner has written in this thread. */
  readonly isAnsweredByUs: boolean
  /** The address whose mail made the thread urgent; null: none did. */
  readonly urgentFrom: string | null
  /** Mails of this address before. */
  readonly knownSender: number
}
