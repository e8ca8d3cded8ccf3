import type {MailAccount} from '../../workspace/config.js'
import type {EscalationRecord, MailSeen} from '../ledger/record.js'

/** A mail that this run has judged, with what is at hand of its text. */
export interface FreshMail {
  readonly seen: MailSeen
  /** The first sentence of what its sender wrote; null: there is none at hand. */
  readonly quote: string | null
}

/** Of an account's settings, what decides about who hears of its mail. */
export type EscalationAccount = Pick<MailAccount, 'agent' | 'escalate' | 'digest' | 'rate' | 'addresses'>

/** Who can be told, and how: an agent by a message, a channel by a page; null: this fleet has nobody of that name. */
export type Reach = (name: string) => 'agent' | 'channel' | null

/** One message to one agent or channel, planned: nothing is sent by planning it. */
export interface Escalation {
  readonly to: string
  readonly kind: 'agent' | 'channel'
  /** The same whenever the same is planned from the same ledger, so that a second try is no second message. */
  readonly key: string
  readonly subject: string
  readonly body: string
  /** ISO. */
  readonly at: string
  /** Of its most urgent thread. */
  readonly urgency: MailSeen['urgency']
  /** What it tells of: one thread, or all that was over the rate. */
  readonly items: readonly EscalationItem[]
}

/** One thread whose state has changed. */
export interface EscalationItem {
  readonly thread: string
  readonly ids: readonly string[]
  readonly urgency: MailSeen['urgency']
  readonly state: 'urgent' | 'over'
}

/** What the ledger keeps of a message once it is planned to go; `as` is the message's id, or the page's key. */
export function escalationRecords(
  {to, at, items}: Pick<Escalation, 'to' | 'at' | 'items'>,
  {turn, as}: {readonly turn: string; readonly as: string},
): EscalationRecord[] {
  return items.map(({thread, ids, urgency, state}) => ({
    kind: 'escalated',
    at,
    turn,
    thread,
    ids,
    urgency,
    state,
    to,
    as,
  }))
}
