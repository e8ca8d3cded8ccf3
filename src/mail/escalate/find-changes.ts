import type {MailEntry} from '../ledger/sum.js'
import {Round} from './round.js'
import {isTold} from './targets.js'
import type {ChangeInput, ThreadChange} from './thread-change.js'
import {saysOver} from './topic.js'

/** What could not be told at once, as in quiet hours, is looked for so far back. */
const HELD_MS = 72 * 3_600_000

/** What somebody has not been told yet: of this run's mails, and of those that were held back before. */
export function findChanges(input: ChangeInput): ThreadChange[] {
  const {ledger, fresh, now} = input
  const quotes = new Map(fresh.map(({seen, quote}) => [seen.id, quote]))
  // Most mail is nothing to anybody, and needs no place in the order.
  const recent = [...ledger.mails.values()].filter(
    (mail) => canChange(mail) && !quotes.has(mail.seen.id) && now - Date.parse(mail.seen.at) <= HELD_MS,
  )
  const mails = [...fresh.map(({seen}) => ledger.mails.get(seen.id) ?? entryOf(seen)), ...recent].sort(inOrder)
  const round = new Round(input, quotes)
  for (const mail of mails) {
    if (isTold(mail)) round.hear(mail)
    else if (saysOver(mail.seen)) round.hearOver(mail)
    else if (mail.seen.class === 'urgent') round.hearCorrected(mail)
  }
  return round.changes
}

function canChange(mail: MailEntry): boolean {
  return mail.seen.class === 'urgent' || isTold(mail) || saysOver(mail.seen)
}

function entryOf(seen: MailEntry['seen']): MailEntry {
  return {
    seen,
    ref: seen.ref,
    class: seen.class,
    urgency: seen.urgency,
    correctedBy: null,
    correctedAt: null,
    actions: [],
  }
}

/** As they came; what came in the same moment, the alert before its all-clear. */
function inOrder(a: MailEntry, b: MailEntry): number {
  return (
    Date.parse(a.seen.at) - Date.parse(b.seen.at) ||
    Date.parse(a.seen.received) - Date.parse(b.seen.received) ||
    b.seen.urgency - a.seen.urgency ||
    (a.seen.id < b.seen.id ? -1 : 1)
  )
}
