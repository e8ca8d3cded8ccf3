import type {MailLedger} from '../../mail/ledger/read.js'
import type {ActionState, MailEntry} from '../../mail/ledger/sum.js'
import type {Fleet} from '../../workspace/fleet.js'
import {isBegun} from './begun.js'
import type {PendingWish} from './pending-wish.js'

/** What could not be done at once, as a server was away, is tried again for so long; after that a person says it. */
const RETRY_MS = 2 * 86_400_000

/** What was proposed in this triage, or lately and not done yet; also what a killed process had begun. */
export function pendingWishes(
  ledger: MailLedger,
  {fleet, fresh, now}: {readonly fleet: Fleet; readonly fresh: ReadonlySet<string>; readonly now: number},
): PendingWish[] {
  return [...ledger.mails.values()].flatMap((mail) => {
    const isRecent = fresh.has(mail.seen.id) || now - Date.parse(mail.seen.at) < RETRY_MS
    return openActions(mail)
      .filter(({n}) => isRecent || isBegun(fleet.mcos, {id: mail.seen.id, n}))
      .map((action) => pendingOf(mail, action))
  })
}

/** Proposals of a mail that nothing has become of yet. */
export function openActions({actions}: MailEntry): readonly ActionState[] {
  return actions.filter(({state}) => state === 'proposed')
}

export function pendingOf({seen, ref}: MailEntry, {n, wish}: Pick<ActionState, 'n' | 'wish'>): PendingWish {
  return {id: seen.id, n, wish, account: seen.account, ref, messageId: seen.message_id}
}
