import {readStop} from '../../guard/stop.js'
import {type MailLedger, withRecords} from '../../mail/ledger/read.js'
import type {MailSeen} from '../../mail/ledger/record.js'
import type {ToldReport} from '../../mail/report.js'
import type {AsideNote} from '../turn-plan.js'
import type {Chosen} from './ask-classifier.js'
import type {Carried} from './carry-wishes.js'
import {type FoundMail, findNewMail} from './find-new-mail.js'
import {pendingWishes} from './pending-wishes.js'
import {memoriesOf, type ReadAccount} from './read-accounts.js'
import {planTellings, type Tellings} from './tellings.js'
import type {TriageInput} from './triage-input.js'

/** What one triage came to. */
export interface Triaged {
  readonly turn: string
  readonly accounts: readonly ReadAccount[]
  /** This run's new mails as they were recorded. */
  readonly seen: readonly MailSeen[]
  readonly told: readonly ToldReport[]
  /** Why somebody could not be told, and rules that can't be read. */
  readonly troubles: readonly string[]
  /** The rules among them. */
  readonly ruleTroubles: readonly string[]
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
  const found = await findNewMail(input)
  // What was read in vain is read again: no cursor has moved, and nobody was told.
  if (isHeld(input)) {
    const accounts = found.accounts.map((read) => ({...read, after: read.before}))
    return {...nothingOf(found), accounts, seen: [], troubles: rulesOf(found)}
  }
  const {accounts, seen, chosen, date, now, at, turn} = found
  const ledger = withRecords(found.ledger, date, found.facts)
  const tellings = planTellings(input, {ledger, seen, bodies: found.bodies, accounts, now, at, turn})
  const records = [...found.facts, ...tellings.records]
  if (records.length === 0 && chosen === null) return rest(found, tellings, input)
  const after = withRecords(found.wholeLedger(), date, records)
  // Pages, changes and commits are loaded where there is something to write.
  const {commitTriage} = await import('./commit-triage.js')
  const recorded = await commitTriage({input, accounts, seen, records, tellings, chosen, date, turn}, after)
  const acted = await actOn(after, {input, found})
  return {
    ...nothingOf(found),
    told: tellings.reports,
    troubles: [...rulesOf(found), ...tellings.untold, ...troublesOf(acted.carried)],
    carried: acted.carried,
    ledger: acted.ledger,
    messages: tellings.messages,
    commits: [recorded.commit, acted.commit].filter((commit) => commit !== null),
    lines: [...recorded.lines, ...acted.lines],
  }
}

/** Nothing is new: the cursors are kept without a commit, and what could not be done before is tried again. */
async function rest(found: FoundMail, {untold}: Tellings, input: TriageInput): Promise<Triaged> {
  for (const {path, content} of memoriesOf(found.accounts)) input.fleet.mcos.write(path, content)
  const acted = await actOn(found.ledger, {input, found})
  return {
    ...nothingOf(found),
    troubles: [...rulesOf(found), ...untold, ...troublesOf(acted.carried)],
    carried: acted.carried,
    ledger: acted.ledger,
    commits: acted.commit === null ? [] : [acted.commit],
    lines: acted.lines,
  }
}

/** A stop, or the end that a person or the system wants: nothing more takes effect. */
function isHeld({fleet, agent, signal}: Pick<TriageInput, 'fleet' | 'agent' | 'signal'>): boolean {
  return signal.aborted || readStop(fleet.mcos, agent.name) !== null
}

function nothingOf(found: FoundMail): Triaged {
  const {turn, accounts, seen, chosen, ledger, date} = found
  return {
    ruleTroubles: rulesOf(found),
    turn,
    accounts,
    seen,
    chosen,
    ledger,
    date,
    putAside: chosen?.putAside ?? [],
    ...{told: [], troubles: [], carried: null, messages: [], commits: [], lines: []},
  }
}

/** What was proposed is done, as far as the contract or a person says so. */
async function actOn(
  ledger: MailLedger,
  {input, found}: {readonly input: TriageInput; readonly found: FoundMail},
): Promise<Pick<Triaged, 'carried' | 'ledger' | 'lines'> & {readonly commit: string | null}> {
  const {fleet} = input
  const {seen, now, date, turn} = found
  const fresh = new Set(seen.map(({id}) => id))
  const pending = isHeld(input) ? [] : pendingWishes(ledger, {fleet, fresh, now})
  if (pending.length === 0) return {carried: null, ledger, lines: [], commit: null}
  const {carryWishes} = await import('./carry-wishes.js')
  const carried = await carryWishes(pending, {...input, turn})
  const {records, ends} = carried
  const actions = ends.map(({pending: {id, wish}, end: {state}}) => ({id, wish, state}))
  const marks = ends.map((one) => one.pending)
  const {commitActions} = await import('./commit-triage.js')
  const done = await commitActions({records, marks, actions}, {input, ledger, date})
  return {
    carried,
    ledger: withRecords(ledger, date, records),
    lines: done?.lines ?? [],
    commit: done?.commit ?? null,
  }
}

function rulesOf({rulebook}: FoundMail): string[] {
  return rulebook.troubles.map(({file, line, message}) => `${file}:${line}: ${message}`)
}

function troublesOf(carried: Carried | null): string[] {
  return [...(carried?.troubles ?? [])].map(([name, {message, options}]) => `${name}: ${message}; ${options.fix}`)
}
