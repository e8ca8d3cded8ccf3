import type {ThreadFacts} from '../classify/judged.js'
import type {MailLedger} from './read.js'

const DAY_MS = 86_400_000

/** What the ledger knows of a new mail's thread and sender; `own` are the account's own addresses, in lower case. */
export function threadFacts(
  ledger: Pick<MailLedger, 'threads' | 'senders'>,
  {thread, from, own}: {readonly thread: string; readonly from: string; readonly own: readonly string[]},
): ThreadFacts {
  const known = ledger.threads.get(thread)
  return {
    isAnsweredByUs: known?.mails.some(({seen}) => own.includes(seen.from)) ?? false,
    urgentFrom: known?.urgentFrom.at(-1) ?? null,
    knownSender: ledger.senders.get(from) ?? 0,
  }
}

/**
 * From when mail is read where this machine has no cursor for an account: two days before the latest mail that the
 * ledger has of it, as mail can arrive late; null: the ledger has none.
 */
export function resumeFrom(ledger: Pick<MailLedger, 'accounts'>, account: string, now: number): number | null {
  const latest = ledger.accounts.get(account)?.latest
  // A server whose clock is ahead must not make mail of today look old.
  return latest ? Math.min(Date.parse(latest), now) - 2 * DAY_MS : null
}
