import {newTurnId} from '../../kit/ids.js'
import type {Rulebook} from '../../mail/classify/rulebook.js'
import {threadFacts} from '../../mail/ledger/facts.js'
import {KNOWN_DAYS, localDate, type MailLedger, readLedger} from '../../mail/ledger/read.js'
import type {MailRecord, MailSeen} from '../../mail/ledger/record.js'
import type {Chosen} from './ask-classifier.js'
import type {judgeMails} from './judge-mails.js'
import {brokenRecords, movedRecords, readingRecords, seenRecord, sortOut} from './new-records.js'
import {ownAddresses} from './own-addresses.js'
import {isStill, type ReadAccount, readAccounts} from './read-accounts.js'
import {readRules} from './read-rules.js'
import type {TriageInput} from './triage-input.js'

/** What may still have to be told, as it was quiet, is not older than this. */
const HELD_DAYS = 4

/** What one look into the accounts has found, judged and not recorded yet. */
export interface FoundMail {
  readonly accounts: readonly ReadAccount[]
  /** New mails as they are to be recorded. */
  readonly seen: readonly MailSeen[]
  /** All that is to be recorded of the look itself: those mails, first contacts, mails that lie elsewhere now. */
  readonly facts: readonly MailRecord[]
  /** By id, what a mail's sender has written. */
  readonly bodies: ReadonlyMap<string, string>
  readonly chosen: Chosen | null
  readonly rulebook: Rulebook
  /** As much of the ledger as this look needs. */
  readonly ledger: MailLedger
  wholeLedger(): MailLedger
  readonly date: string
  readonly now: number
  /** ISO. */
  readonly at: string
  readonly turn: string
}

/**
 * Reads all accounts side by side and judges what was never seen before. Nothing is written, and no mailbox changed. What
 * judging needs is loaded only for new mail: most looks find none.
 */
export async function findNewMail(input: TriageInput): Promise<FoundMail> {
  const {fleet, agent} = input
  const {home, clock} = fleet
  const zone = home.config.timezone
  const readDays = (days: number): MailLedger => readLedger(home.files, agent, {days, now: clock.now(), zone})
  let known: MailLedger | null = null
  const wholeLedger = (): MailLedger => {
    known ??= readDays(KNOWN_DAYS)
    return known
  }
  const rulebook = await readRules(fleet, agent)
  const accounts = await readAccounts(input, wholeLedger)
  // Where nothing has come, nobody has to read what came in the last weeks.
  const ledger = accounts.every(isStill) ? readDays(HELD_DAYS) : wholeLedger()
  const now = clock.now()
  const stamp = {at: new Date(now).toISOString(), turn: newTurnId(clock)}
  const sorted = sortOut(accounts, ledger, now)
  const {mails, chosen} =
    sorted.fresh.length === 0
      ? {mails: [], chosen: null}
      : await (await import('./judge-mails.js')).judgeMails(
          sorted.fresh,
          {rulebook, known: acquaintance(input, ledger)},
          {...input, turn: stamp.turn},
        )
  const seen = [
    ...mails.map((mail) => seenRecord(mail, stamp)),
    ...accounts.flatMap((read) => brokenRecords(read, ledger, stamp)),
  ]
  const words = accounts.flatMap((read) => readingRecords(read, sorted, stamp))
  return {
    accounts,
    seen,
    facts: [...words, ...movedRecords(sorted, stamp), ...seen],
    bodies: new Map(mails.map(({id, judged}) => [id, judged.content.fresh])),
    chosen,
    rulebook,
    ledger,
    wholeLedger,
    date: localDate(now, zone),
    now,
    ...stamp,
  }
}

function acquaintance({accounts}: TriageInput, ledger: MailLedger): Parameters<typeof judgeMails>[1]['known'] {
  const own = Object.values(accounts).flatMap(ownAddresses)
  return {factsOf: (thread, from) => threadFacts(ledger, {thread, from, own})}
}
