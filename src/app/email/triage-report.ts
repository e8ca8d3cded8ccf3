import {contentHash} from '../../kit/hash.js'
import {readAccountState} from '../../mail/desk/account-state.js'
import {mailPaths} from '../../mail/ledger/paths.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import type {ActionReport, TriagedAccount, TriagedMail, TriageReport} from '../../mail/report.js'
import type {ReadAccount} from '../../turn/triage/read-accounts.js'
import type {Triaged} from '../../turn/triage/triage.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {toError} from './check.js'
import type {NamedAccount} from './choose.js'

/** What one agent's triage came to, as programs and people read it. */
export function reportTriage(done: Triaged, agent: AgentEntry): TriageReport {
  const {accounts, seen, ledger, told, carried, commits, date} = done
  const verdicts = seen
    .flatMap(({id}) => ledger.mails.get(id) ?? [])
    .sort((a, b) => b.urgency - a.urgency || (a.seen.received < b.seen.received ? -1 : 1))
    .map(mailReport)
  const drafted = carried?.ends.filter(({pending, end}) => pending.wish.kind === 'draft' && end.state === 'done') ?? []
  return {
    at: '',
    accounts: accounts.map((read) => accountReport(read, done, agent)),
    verdicts,
    urgent: verdicts.filter(({class: kind}) => kind === 'urgent').length,
    drafts: drafted.length,
    cursor: Object.fromEntries(accounts.map(({name, after}) => [name, fingerprint(after.cursor)])),
    told,
    pages: commits.length === 0 ? [] : [mailPaths(agent).page(date)],
    troubles: done.troubles,
    dry_run: false,
  }
}

/** Accounts that were not looked at, and why. */
export function untouched(
  {mcos}: Pick<Fleet, 'mcos'>,
  mine: readonly NamedAccount[],
  {agent, state, error}: Pick<TriagedAccount, 'agent' | 'state' | 'error'>,
): TriageReport {
  const states = mine.map(({name}) => ({name, known: readAccountState(mcos, name).state}))
  return {
    ...NOTHING,
    accounts: states.map(({name, known: {checked, failure}}) => ({
      ...{account: name, agent, state, checked, new: 0, left: 0, waiting: 0, broken: 0, error, ms: 0},
      since: failure?.since ?? null,
    })),
    cursor: Object.fromEntries(states.map(({name, known}) => [name, fingerprint(known.cursor)])),
  }
}

/** All agents' reports as one. */
export function mergeReports(reports: readonly TriageReport[], at: string): TriageReport {
  const verdicts = reports.flatMap((one) => one.verdicts)
  return {
    at,
    accounts: reports.flatMap((one) => one.accounts),
    verdicts: verdicts.sort((a, b) => b.urgency - a.urgency),
    urgent: reports.reduce((sum, one) => sum + one.urgent, 0),
    drafts: reports.reduce((sum, one) => sum + one.drafts, 0),
    cursor: Object.assign({}, ...reports.map((one) => one.cursor)),
    told: reports.flatMap((one) => one.told),
    pages: reports.flatMap((one) => one.pages),
    troubles: reports.flatMap((one) => one.troubles),
    dry_run: false,
  }
}

const NOTHING: TriageReport = mergeReports([], '')

/** One mail as it stands now. */
function mailReport({seen, class: kind, urgency, actions}: MailEntry): TriagedMail {
  const {account, id, message_id, thread, received, from, from_name, subject, reason, confidence, by, marks} = seen
  return {
    ...{account, id, message_id, thread, received, from, from_name, subject},
    ...{class: kind, urgency, reason, confidence, by, marks},
    actions: actions.map(({n, wish, state, why}): ActionReport => ({n, wish, state, why})),
  }
}

function accountReport(
  {name, reading, after, isSkipped, ms}: ReadAccount,
  {seen}: Pick<Triaged, 'seen'>,
  agent: AgentEntry,
): TriagedAccount {
  const {trouble, left, waiting, broken} = reading
  return {
    account: name,
    agent: agent.name,
    state: trouble === null ? 'ok' : isSkipped ? 'skipped' : 'failed',
    checked: after.checked,
    new: seen.filter(({account}) => account === name).length,
    left,
    waiting,
    broken: broken.length,
    error: trouble === null ? null : toError(trouble),
    since: after.failure?.since ?? null,
    ms,
  }
}

function fingerprint(cursor: unknown): string {
  return contentHash(JSON.stringify(cursor)).slice(7, 19)
}
