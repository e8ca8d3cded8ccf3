import type {Attachment, MailRef} from '../mail.js'
import type {Verdict, Wish} from '../verdict.js'

/**
 * What is known of an agent's mail, one JSON line a fact, in `workspaces/<agent>/mail/YYYY-MM-DD.jsonl`. Lines are only
 * ever added; the state of a mail, a thread or an account is their sum, so that a fresh clone knows all of it.
 */
export type MailRecord =
  | MailSeen
  | MailMoved
  | ActionRecord
  | EscalationRecord
  | DigestRecord
  | AccountRecord
  | CorrectionRecord

interface Common {
  /** ISO. */
  readonly at: string
  /** The turn that wrote it. */
  readonly turn: string
}

/** A mail that was read and judged. Its body is not here. */
export interface MailSeen extends Common {
  readonly kind: 'mail'
  readonly account: string
  /** `m_` and 12 characters of Crockford's base 32, derived from account, Message-ID, date, sender and subject. */
  readonly id: string
  readonly message_id: string | null
  /** `c_` and 12 characters, derived from the oldest reference: the same in every account. */
  readonly thread: string
  readonly ref: MailRef
  readonly received: string
  readonly from: string
  readonly from_name: string
  readonly to: readonly string[]
  readonly subject: string
  readonly class: Verdict['class']
  readonly urgency: Verdict['urgency']
  readonly confidence: number
  readonly reason: string
  readonly by: Verdict['by']
  readonly sources: readonly string[]
  readonly marks: readonly string[]
  readonly attachments: readonly Attachment[]
  /** What is proposed: each is done, refused or waits in an ActionRecord with its place in this list as `n`. */
  readonly actions: readonly Wish[]
  /** Whom the operator's rules want told; absent: nobody in particular. */
  readonly tell?: readonly string[]
}

/** The mail lies elsewhere now, or under another number. */
export interface MailMoved extends Common {
  readonly kind: 'moved'
  readonly id: string
  readonly ref: MailRef
}

/** What became of one proposed action. */
export interface ActionRecord extends Common {
  readonly kind: 'action'
  readonly id: string
  readonly n: number
  readonly wish: Wish
  /** `already`: nothing had to be changed, so nothing is taken back; `refused`: by the guard. */
  readonly state: 'done' | 'already' | 'failed' | 'refused' | 'undone'
  /** Where the mail was before a move; where a draft lies. */
  readonly ref?: MailRef
  readonly why?: string
}

/** A thread that somebody was told of, in this state. */
export interface EscalationRecord extends Common {
  readonly kind: 'escalated'
  readonly thread: string
  /** Ids of the mails it was about. */
  readonly ids: readonly string[]
  readonly urgency: Verdict['urgency']
  /** `urgent`, or `over` where the same sender has said so. */
  readonly state: 'urgent' | 'over'
  /** An agent, or a channel of mcos.yaml. */
  readonly to: string
  /** The message's id, or the page's key. */
  readonly as: string
}

export interface DigestRecord extends Common {
  readonly kind: 'digest'
  readonly to: string
  readonly account: string
  /** The slot it was for, ISO. */
  readonly slot: string
  readonly as: string
}

/** An account begins to fail, comes back, or was read for the first time. */
export interface AccountRecord extends Common {
  readonly kind: 'account'
  readonly account: string
  readonly state: 'first' | 'failing' | 'back' | 'reset'
  /** Since when it could not be checked, ISO; at `first` the begin of the window. */
  readonly since: string
  readonly detail: string
  /** Mails that were left at first contact. */
  readonly left?: number
  /** The message by which somebody was told; absent while nobody was, as in quiet hours. */
  readonly as?: string
}

/** What a person says a mail really is. */
export interface CorrectionRecord extends Common {
  readonly kind: 'corrected'
  readonly id: string
  readonly class: Verdict['class']
  readonly urgency: Verdict['urgency']
  readonly by: string
}
