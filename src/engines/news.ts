/** A message as an engine may see it; `trusted` says that the sender's signature verified. */
export interface IncomingMessage {
  readonly id: string
  readonly from: string
  readonly subject: string
  readonly body: string
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
  readonly trace: readonly string[]
  readonly trusted: boolean
  /** From whom outside its text comes, as its sender says; null: from the fleet itself. */
  readonly taint: string | null
  /** Its time has passed: it is read, and nothing is done about it any more. */
  readonly expired: boolean
  /** Why a message that is not trusted isn't. */
  readonly why: string | null
}

/** A message that came in. */
export interface MessageNews {
  readonly kind: 'message'
  readonly check: string
  readonly message: IncomingMessage
}

/** A probe that saw something else than last time, or that can't run. */
export interface ReadingNews {
  readonly kind: 'reading'
  readonly check: string
  readonly probe: string
  readonly status: 'changed' | 'failed'
  readonly detail: string
}

/** Something that answered before and is broken now, with what code has done about it. */
export interface OutageNews {
  readonly kind: 'outage'
  readonly check: string
  readonly probe: string
  readonly detail: string
  /** What the trusted recovery did; null when the check names none. */
  readonly recovery: string | null
  readonly isMended: boolean
  /** Who was paged, or why nobody was. */
  readonly page: string
}

/** An outage that is over; `since` is an ISO time. */
export interface BackNews {
  readonly kind: 'back'
  readonly check: string
  readonly probe: string
  readonly detail: string
  readonly since: string
  readonly page: string
}

/** What became of something that the agent had asked a person for. */
export interface ApprovalNews {
  readonly kind: 'approval'
  /** No check of HEARTBEAT.md found it. */
  readonly check: ''
  readonly id: string
  readonly verb: string
  readonly target: string
  /** `failed`: it was tried; `unseen`: it was begun, and nobody saw its end; `void`: the yes counts no longer. */
  readonly outcome: 'done' | 'failed' | 'refused' | 'expired' | 'void' | 'unseen'
  readonly detail: string
  /** From where the detail is, when that is from outside; null: it is the fleet's own. */
  readonly taint: string | null
}

/** A mail that triage has judged and recorded, and that somebody may have to think about. */
export interface MailNews {
  readonly kind: 'mail'
  readonly check: string
  readonly id: string
  readonly account: string
  readonly from: string
  readonly subject: string
  readonly class: string
  readonly urgency: number
  readonly reason: string
  /** Who has been told of it by code; null: nobody. */
  readonly told: string | null
}

/** What a beat found that was not so at the beat before, as values. */
export type NewsItem = MessageNews | ReadingNews | OutageNews | BackNews | ApprovalNews | MailNews
