import type {MailLedger} from '../ledger/read.js'
import type {MailEntry} from '../ledger/sum.js'
import type {EscalationItem, FreshMail} from './escalation.js'
import type {Target, TargetOptions} from './targets.js'
import type {Change} from './thread-state.js'

/** A thread whose state has changed for somebody. */
export interface ThreadChange extends EscalationItem {
  readonly target: Target
  readonly change: Change
  /** The mail that it is told by. */
  readonly mail: MailEntry
  readonly quote: string | null
  /** How often they were told of this thread before. */
  readonly before: number
}

export interface ChangeInput extends TargetOptions {
  /** With or without the fresh mails. */
  readonly ledger: Pick<MailLedger, 'mails' | 'threads'>
  readonly fresh: readonly FreshMail[]
  /** Addresses of the accounts' own houses can't be strangers in a thread. */
  readonly own: readonly string[]
  readonly now: number
}
