import type {Cursor} from './cursor.js'
import type {Incoming, MailHead, MailRef} from './mail.js'

/** Where and how far to read. */
export interface ReadOptions {
  /** Where the last reading ended; null: this account was never read on this machine. */
  readonly cursor: Cursor | null
  /** Without a cursor: mail that the server took in before this moment (ms) is left. */
  readonly since: number
  /** So many mails at most; the newest of them at first contact, the oldest of what is new afterwards. */
  readonly most: number
  readonly signal: AbortSignal
}

/** New mail up to some point that can be kept as a cursor once these mails are recorded. */
export interface Batch {
  readonly mails: readonly Incoming[]
  /** Mails that could not be read at all, each with why; the cursor goes past them. */
  readonly broken: readonly BrokenMail[]
  readonly cursor: Cursor
  /** Mails that are left for good, as they lie before the window of a first contact. */
  readonly left: number
  /** Mails that wait for the next reading. */
  readonly waiting: number
  /** Whether the server had numbered a folder anew or forgotten the cursor, so that known mails come again. */
  readonly isReset: boolean
}

export interface BrokenMail {
  readonly ref: MailRef
  readonly received: string | null
  readonly why: string
}

/** One change of one mail on its server. Nothing here sends, and nothing removes for good. */
export type MailboxChange =
  | {readonly kind: 'label'; readonly label: string; readonly on: boolean}
  | {readonly kind: 'flag'; readonly on: boolean}
  | {readonly kind: 'seen'; readonly on: boolean}
  /** `to`: a folder's name, or null for the account's own archive. */
  | {readonly kind: 'move'; readonly to: string | null}

/** What became of a change. */
export interface Changed {
  /** `already`: it was so before, so there is nothing to take back; `gone`: the mail isn't where it was. */
  readonly state: 'done' | 'already' | 'gone'
  /** Where the mail is now; after a move another than before. */
  readonly ref: MailRef
}

/** A reply that is to lie ready; it goes to whom the thread's own headers name. */
export interface ReplyDraft {
  /** Equal for the same draft: a second one with it is not made. Of a-z, 0-9, "-" and ".". */
  readonly mark: string
  readonly to: {readonly ref: MailRef; readonly head: MailHead; readonly received: string}
  /** Plain text above the quote. */
  readonly text: string
  /** The original's visible text, not yet quoted. */
  readonly quote: string
}

export interface Drafted {
  /** `there`: one with this mark, or of a person in the same thread, was there already. */
  readonly state: 'done' | 'there'
  readonly ref: MailRef
}

/**
 * An account that is open: each method throws `MailTrouble` and nothing else for what a server or a network does. An
 * adapter only converts: it decides nothing, and it has no way to send.
 */
export interface Mailbox {
  /** Reads what is new, without changing anything on the server. Batches until nothing new is left or `most` is reached. */
  read(options: ReadOptions): AsyncIterable<Batch>
  /** One mail again, for a person or a draft; null where it is gone. */
  fetch(ref: MailRef, messageId: string | null): Promise<Incoming | null>
  change(ref: MailRef, change: MailboxChange): Promise<Changed>
  draft(reply: ReplyDraft): Promise<Drafted>
  /** Takes a draft that was made here out of sight (to the trash), unless a person has changed it. */
  withdraw(ref: MailRef): Promise<'done' | 'changed' | 'gone'>
  /** What a person hears of `mcos email check`: folders with how many mails. */
  folders(): Promise<readonly {readonly name: string; readonly mails: number | null}[]>
  close(): Promise<void>
}
