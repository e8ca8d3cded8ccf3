/** How far one account was read, a folder at a time: what the next reading begins from. Plain JSON, this machine's own. */
export type Cursor =
  | {readonly kind: 'imap'; readonly folders: Readonly<Record<string, ImapPlace>>}
  | {readonly kind: 'graph'; readonly folders: Readonly<Record<string, GraphPlace>>}
  | {readonly kind: 'maildir'; readonly folders: Readonly<Record<string, MaildirPlace>>}

export interface ImapPlace {
  readonly uidValidity: string
  /** Mails with this UID or a higher one are new. */
  readonly uidNext: number
  /** Decimal, as it can be larger than a safe number; null where the server has none. */
  readonly modSeq: string | null
}

export interface GraphPlace {
  /** Goes on where the last reading ended; a nextLink where that one was cut. */
  readonly deltaLink: string
}

export interface MaildirPlace {
  /** Names (without flags) that were there, each on a line, sorted. */
  readonly known: string
  /** When new/ and cur/ were last changed, as nanoseconds, for folders that rest; '' where that can't be believed yet. */
  readonly changed: string
}
