import {readStop} from '../../guard/stop.js'
import {newTurnId} from '../../kit/ids.js'
import type {Rulebook} from '../../mail/classify/rulebook.js'
import {threadFacts} from '../../mail/ledger/facts.js'
import {localDate, type MailLedger, readLedger, withRecords} from '../../mail/ledger/read.js'
import type {MailRecord, MailSeen} from '../../mail/ledger/record.js'
import type {ToldReport} from '../../mail/report.js'
import type {AsideNote} from '../turn-input.js'
import type {Chosen} from './ask-classifier.js'
import {type Carried, carryWishes} from './carry-wishes.js'
import {commitActions, commitTriage} from './commit-triage.js'
import {type JudgedMail, judgeMails, ownAddresses} from './judge-mails.js'
import {brokenRecords, movedRecords, readingRecords, seenRecord, sortOut} from './new-records.js'
import {pendingWishes} from './pending-wishes.js'
import {type ReadAccount, readAccounts} from './read-accounts.js'
import {readRules} from './read-rules.js'
import {planTellings} from './tellings.js'
import type {TriageInput} from './triage-input.js'

/** So many days of the ledger say what is known; no mail that is older can be new. */
const LEDGER_DAYS = 45

/** What one triage came to. */
export interface Triaged {
  readonly turn: string
  readonly accounts: readonly ReadAccount[]
  /** This run's new mails as they were recorded. */
  readonly seen: readonly MailSeen[]
  readonly told: readonly ToldReport[]
  /** Why somebody could not be told, and rules that can't be read. */
  readonly troubles: readonly string[]
  readonly carried: Carried | null
  readonly chosen: Chosen | null
  readonly putAside: readonly AsideNote[]
  /** The ledger with all of it. */
  readonly ledger: MailLedger
  /** The day it was recorded under. */
  readonly date: string
  /** Ids of the messages that were sent. */
  readonly messages: readonly string[]
  /** Commits, in their order; none where nothing was new. */
  readonly commits: readonly string[]
  readonly lines: readonly string[]
}

/**
 * Reads what is new in an agent's accounts, judges it, records and tells it in one commit, and then does what is
 * allowed. Killed anywhere, the next triage finds by the ledger what was recorded, by the cursors what was not, and by
 * the marks what was begun.
 */
export async function triage(input: TriageInput): Promise<Triaged> {
  const {fleet, agent} = input
  const {home, clock} = fleet
  const zone = home.config.timezone
  const ledger = readLedger(home.files, agent, {days: LEDGER_DAYS, now: clock.now(), zone})
  const rulebook = await readRules(fleet, agent)
  const accounts = await readAccounts(input, ledger)
  const now = clock.now()
  const stamp = {at: new Date(now).toISOString(), turn: newTurnId(clock)}
  const sorted = sortOut(accounts, ledger, now)
  const {mails, chosen} = await judgeMails(sorted.fresh, acquaintance(input, {ledger, rulebook}), {
    ...input,
    turn: stamp.turn,
  })
  const seen = [
    ...mails.map((mail) => seenRecord(mail, stamp)),
    ...accounts.flatMap((read) => brokenRecords(read, ledger, stamp)),
  ]
  const facts: MailRecord[] = [
    ...accounts.flatMap((read) => readingRecords(read, sorted, stamp)),
    ...movedRecords(sorted, stamp),
    ...seen,
  ]
  const date = localDate(now, zone)
  const known = withRecords(ledger, date, facts)
  const tellings = planTellings(input, {ledger: known, seen, bodies: bodiesOf(mails), accounts, now, ...stamp})
  const records = [...facts, ...tellings.records]
  const result = {input, accounts, seen, records, tellings, chosen, date, rulebook, ...stamp}
  const committed = await commitTriage(result, ledger)
  const after = withRecords(ledger, date, records)
  const isHeld = readStop(fleet.mcos, agent.name) !== null || input.signal.aborted
  const pending = isHeld ? [] : pendingWishes(after, {fleet, fresh: new Set(seen.map(({id}) => id)), now})
  const carried = pending.length === 0 ? null : await carryWishes(pending, {...input, turn: stamp.turn})
  const done = carried === null ? null : await commitActions(actedOn(carried), {input, ledger: after, date})
  return {
    turn: stamp.turn,
    accounts,
    seen,
    told: tellings.reports,
    troubles: [
      ...rulebook.troubles.map(({file, line, message}) => `${file}:${line}: ${message}`),
      ...tellings.untold,
      ...[...(carried?.troubles ?? [])].map(([name, {message, options}]) => `${name}: ${message}; ${options.fix}`),
    ],
    carried,
    chosen,
    putAside: chosen?.putAside ?? [],
    ledger: carried === null ? after : withRecords(after, date, carried.records),
    date,
    messages: tellings.messages,
    commits: [committed.commit, done?.commit ?? null].filter((commit) => commit !== null),
    lines: [...committed.lines, ...(done?.lines ?? [])],
  }
}

function actedOn({records, ends}: Carried): Parameters<typeof commitActions>[0] {
  const actions = ends.map(({pending: {id, wish}, end: {state}}) => ({id, wish, state}))
  return {records, marks: ends.map(({pending}) => pending), actions}
}

function acquaintance(
  {accounts}: TriageInput,
  {ledger, rulebook}: {readonly ledger: MailLedger; readonly rulebook: Rulebook},
): Parameters<typeof judgeMails>[1] {
  const own = Object.values(accounts).flatMap(ownAddresses)
  return {rulebook, known: {factsOf: (thread, from) => threadFacts(ledger, {thread, from, own})}}
}

/** The first words of each mail, for whoever is told of it. */
function bodiesOf(mails: readonly JudgedMail[]): ReadonlyMap<string, string> {
  return new Map(mails.map(({id, judged}) => [id, judged.content.fresh]))
}
