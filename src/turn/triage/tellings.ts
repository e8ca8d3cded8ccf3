import {channelTo} from '../../alerts/channel-to.js'
import {accountRecords, planAccountNews} from '../../mail/escalate/account-news.js'
import {escalationRecords, type FreshMail} from '../../mail/escalate/escalation.js'
import {digestRecords, planDigests} from '../../mail/escalate/plan-digests.js'
import {planEscalations} from '../../mail/escalate/plan-escalations.js'
import type {TargetOptions} from '../../mail/escalate/targets.js'
import {mailPaths} from '../../mail/ledger/paths.js'
import {localDate, type MailLedger} from '../../mail/ledger/read.js'
import type {MailRecord, MailSeen} from '../../mail/ledger/record.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import type {ToldReport} from '../../mail/report.js'
import {listAgents} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import type {MailAccount} from '../../workspace/config.js'
import {planTelling, type Telling} from './letters.js'
import {ownAddresses} from './own-addresses.js'
import type {ReadAccount} from './read-accounts.js'
import {accountsOf, type TriageInput} from './triage-input.js'

/** Everything that is told in one triage, planned: messages as changes, pages recorded, lines for the ledger. */
export interface Tellings {
  readonly changes: readonly Change[]
  readonly records: readonly MailRecord[]
  readonly reports: readonly ToldReport[]
  /** Ids of the messages among them. */
  readonly messages: readonly string[]
  /** Who could not be told, and why; it is tried again at the next triage. */
  readonly untold: readonly string[]
}

export interface TellFacts {
  /** With this run's mails in it. */
  readonly ledger: MailLedger
  readonly seen: readonly MailSeen[]
  /** By id, what a mail's sender has written. */
  readonly bodies: ReadonlyMap<string, string>
  readonly accounts: readonly ReadAccount[]
  readonly now: number
  readonly at: string
  readonly turn: string
}

/** One telling with what is recorded of it once it is on its way. */
interface Planned {
  readonly telling: Telling
  readonly about: ToldReport['about']
  readonly ids: readonly string[]
  records(as: string): readonly MailRecord[]
}

/** Plans who is told of what: by the ledger alone, so that a second try, or another machine, plans nothing twice. */
export function planTellings(input: TriageInput, facts: TellFacts): Tellings {
  const accounts = accountNews(input, facts)
  const planned = [...escalations(input, facts), ...pages(input, facts), ...accounts.planned, ...digests(input, facts)]
  const all: {-readonly [Key in keyof Tellings]: Tellings[Key][number][]} = {
    changes: [],
    records: [...accounts.silent],
    reports: [],
    messages: [],
    untold: [],
  }
  for (const {telling, about, ids, records} of planned) {
    const told = planTelling(telling, input)
    if ('untold' in told) {
      all.untold.push(told.untold)
      continue
    }
    const {to, kind, subject} = telling
    all.changes.push(...told.changes)
    all.records.push(...records(told.as))
    all.reports.push({to, kind, about, subject, ids: [...ids], as: told.as})
    if (kind === 'agent') all.messages.push(told.as)
  }
  return all
}

function escalations(input: TriageInput, facts: TellFacts): Planned[] {
  const {fleet, soul, isQuiet} = input
  const {accounts} = fleet.home.config.mail
  return planFor(input, facts, {accounts, seen: facts.seen, reportsTo: soul?.reportsTo ?? null, isQuiet})
}

/** What the rules call urgent goes straight to a person, whatever the hour, where mcos.yaml wants that. */
function pages(input: TriageInput, facts: TellFacts): Planned[] {
  const {config} = input.fleet.home
  const to = config.page?.when.includes('mail.urgent') ? channelTo(config.page.to, config) : null
  if (to === null) return []
  const accounts = Object.entries(config.mail.accounts).filter(([, {escalate}]) => escalate !== to)
  const paged = Object.fromEntries(accounts.map(([name, account]) => [name, {...account, escalate: to}]))
  const {ledger} = facts
  const mails = new Map([...ledger.mails].flatMap(([id, mail]) => (isFact(mail.seen) ? [[id, untold(mail)]] : [])))
  const seen = facts.seen.filter(isFact)
  const known = {...facts, ledger: {mails, threads: ledger.threads}}
  return planFor(input, known, {accounts: paged, seen, reportsTo: null, isQuiet: false})
}

/** What a model alone has said pages nobody. */
function isFact({by}: MailSeen): boolean {
  return by !== 'model'
}

/** Without those whom a rule names: they are told already. */
function untold(mail: MailEntry): MailEntry {
  const {tell: _, ...seen} = mail.seen
  return {...mail, seen}
}

interface Audience {
  readonly accounts: Readonly<Record<string, MailAccount>>
  readonly seen: readonly MailSeen[]
  readonly reportsTo: string | null
  readonly isQuiet: boolean
}

function planFor(
  input: TriageInput,
  {ledger, bodies, now, turn}: Omit<TellFacts, 'ledger'> & {readonly ledger: Pick<MailLedger, 'mails' | 'threads'>},
  {accounts, seen, reportsTo, isQuiet}: Audience,
): Planned[] {
  const {fleet, agent} = input
  const {config} = fleet.home
  const zone = config.timezone
  const fresh = seen.map((mail): FreshMail => ({seen: mail, quote: firstWords(bodies.get(mail.id))}))
  return planEscalations({
    ledger,
    fresh,
    accounts,
    reach: reachIn(input),
    reportsTo,
    own: Object.values(config.mail.accounts).flatMap(ownAddresses),
    now,
    zone,
    page: mailPaths(agent).page(localDate(now, zone)),
    isQuiet,
  }).map((escalation): Planned => {
    const {to, kind, key, subject, body, urgency, items} = escalation
    return {
      telling: {to, kind, key, subject, body, priority: urgency >= 2 ? 'urgent' : 'normal'},
      about: items.every(({state}) => state === 'over') ? 'over' : 'urgent',
      ids: items.flatMap(({ids}) => ids),
      records: (as) => escalationRecords(escalation, {turn, as}),
    }
  })
}

/** "Could not check since" is news by itself; so is that it can be checked again. */
function accountNews(
  input: TriageInput,
  {ledger, accounts, now, at, turn}: TellFacts,
): {readonly planned: Planned[]; readonly silent: readonly MailRecord[]} {
  const {silent, tellings} = planAccountNews({
    ...audience(input),
    ledger,
    results: accounts.map(({name, reading: {trouble}, after}) => ({
      account: name,
      trouble: trouble === null ? null : {kind: trouble.kind, message: trouble.message, fix: trouble.options.fix},
      since: after.failure?.since ?? at,
    })),
    now,
    zone: input.fleet.home.config.timezone,
    isQuiet: input.isQuiet,
  })
  const planned = tellings.map(
    ({to, kind, key, subject, body, items}): Planned => ({
      telling: {to, kind, key, subject, body, priority: 'high'},
      about: items.some(({state}) => state === 'failing') ? 'failing' : 'back',
      ids: [],
      records: (as) => accountRecords(items, {at, turn, as}),
    }),
  )
  return {planned, silent: accountRecords(silent, {at, turn})}
}

/** All that waited for its time; in quiet hours it waits on. */
function digests(input: TriageInput, {ledger, now, turn}: TellFacts): Planned[] {
  if (input.isQuiet) return []
  const zone = input.fleet.home.config.timezone
  const page = mailPaths(input.agent).page(localDate(now, zone))
  return planDigests({...audience(input), ledger, now, zone, page}).map((digest): Planned => {
    const {to, kind, key, subject, body} = digest
    return {
      telling: {to, kind, key, subject, body, priority: 'normal'},
      about: 'digest',
      ids: [],
      records: (as) => digestRecords(digest, {turn, as}),
    }
  })
}

/** Who hears of the agent's own accounts. */
function audience(input: TriageInput): TargetOptions {
  const {fleet, agent, soul} = input
  return {accounts: accountsOf(fleet, agent), reach: reachIn(input), reportsTo: soul?.reportsTo ?? null}
}

/** Names that can be told: agents of the fleet, and channels of mcos.yaml. */
function reachIn({fleet}: Pick<TriageInput, 'fleet'>): (name: string) => 'agent' | 'channel' | null {
  const agents = new Set(listAgents(fleet.home).map(({name}) => name))
  const {channels} = fleet.home.config
  return (name) => (Object.hasOwn(channels, name) ? 'channel' : agents.has(name) ? 'agent' : null)
}

/** What tells most of a mail in one line: its first sentence, or its first words. */
function firstWords(body: string | undefined): string | null {
  const text = body?.trim() ?? ''
  if (text === '') return null
  const [, sentence = ''] = /^(.{20,280}?[.!?\u3002])(?:\s|$)/su.exec(text) ?? []
  return sentence === '' ? text.slice(0, 280) : sentence
}
