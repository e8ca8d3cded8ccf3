import type {MailSeen} from '../ledger/record.js'
import type {MailClass, Urgency} from '../verdict.js'

/** MAIL.md with one learned rule more under "## Learned"; the same text where that rule is there already. */
export function planCorrection(
  mailMd: string | null,
  _mail: MailSeen,
  _to: {readonly class: MailClass; readonly urgency: Urgency; readonly on: string},
): string {
  return mailMd ?? ''
}
