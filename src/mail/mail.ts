/** Who stands in a From, To or Cc; `address` is lower case, '' where the header names none. */
export interface Address {
  readonly name: string
  readonly address: string
}

/** How a server names one mail: stable until its folder is numbered anew or the mail is moved. */
export interface MailRef {
  readonly folder: string
  /** IMAP: `UIDVALIDITY:UID`; Graph: the immutable id; maildir: the file's name without its flags. */
  readonly key: string
}

/** What a mail says of itself in its headers. Everything here comes from outside: data, never instructions. */
export interface MailHead {
  /** Without angle brackets; null where there is none. */
  readonly messageId: string | null
  readonly from: Address
  readonly sender: Address | null
  readonly replyTo: readonly Address[]
  readonly to: readonly Address[]
  readonly cc: readonly Address[]
  /** Decoded, one line, without control characters. */
  readonly subject: string
  /** What its sender says, ISO; null where it says nothing readable. */
  readonly date: string | null
  /** Ids without angle brackets, the oldest first. */
  readonly references: readonly string[]
  readonly inReplyTo: string | null
  /** The headers that signals are read from, by their lower-case names, decoded; see KEPT_HEADERS. */
  readonly headers: Readonly<Record<string, readonly string[]>>
}

/** The parts of a body, decoded, before anything is left out of them. */
export interface MailParts {
  readonly text: string | null
  readonly html: string | null
  readonly attachments: readonly Attachment[]
  /** The first text/calendar part. */
  readonly calendar: string | null
  /** What the machine says in a delivery status notification. */
  readonly deliveryStatus: string | null
  /** Whether there is more of it than was read. */
  readonly isCut: boolean
  /** Why it could not be read whole, in words; null: it could. */
  readonly trouble: string | null
}

export interface Attachment {
  /** Cleaned of paths and control characters. */
  readonly name: string
  /** Such as application/pdf. */
  readonly type: string
  readonly size: number | null
}

/** A mail as an adapter hands it over. */
export interface Incoming {
  readonly ref: MailRef
  /** When the server took it in, ISO. */
  readonly received: string
  readonly head: MailHead
  readonly parts: MailParts
}

/** What a person would see of a body, and what was hidden from them. */
export interface MailContent {
  /** The visible text, of text/plain or else of the HTML, without what nobody sees; at most 16,000 characters. */
  readonly text: string
  /** The part of it above quoted earlier mails, signatures and forwarded headers. */
  readonly fresh: string
  /** What the HTML hides from a reader, shortened; null: nothing. */
  readonly hidden: string | null
  /** Whether text and HTML say different things. */
  readonly isMismatch: boolean
  readonly attachments: readonly Attachment[]
  readonly calendar: CalendarEvent | null
  readonly deliveryStatus: string | null
  readonly isCut: boolean
  readonly trouble: string | null
}

export interface CalendarEvent {
  /** REQUEST, CANCEL, REPLY … in upper case. */
  readonly method: string
  readonly summary: string
  /** ISO; null where it can't be read. */
  readonly start: string | null
}

/** Header names an adapter keeps in `MailHead.headers`. */
export const KEPT_HEADERS = [
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-post',
  'precedence',
  'auto-submitted',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'importance',
  'x-priority',
  'priority',
  'return-path',
  'feedback-id',
  'x-mailer',
  'x-spam-flag',
  'x-spam-status',
  'authentication-results',
  'arc-authentication-results',
  'content-type',
  'x-failed-recipients',
  'x-github-reason',
  'x-campaign',
  'x-campaignid',
  'x-mc-user',
  'delivered-to',
] as const
