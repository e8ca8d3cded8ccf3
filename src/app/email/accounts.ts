import {cleanLine} from '../../kit/text.js'
import {readAccountState} from '../../mail/desk/account-state.js'
import {KNOWN_DAYS, type MailLedger, readLedger} from '../../mail/ledger/read.js'
import type {AccountRow, AccountsReport} from '../../mail/report.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {ActsFor} from '../speaker.js'
import {chooseAccounts, type NamedAccount, whereOf} from './choose.js'

const WEEK_MS = 7 * 86_400_000

/** Every account of mcos.yaml, and how it stands by this machine's own word and the ledger's; no network is touched. */
export function listAccounts(fleet: Fleet, actor: ActsFor): AccountsReport {
  const {home, clock} = fleet
  const chosen = chooseAccounts(fleet, [], actor)
  const window = {days: KNOWN_DAYS, now: clock.now(), zone: home.config.timezone}
  const owners = new Set(chosen.map(({account}) => account.agent))
  const ledgers = new Map(
    listAgents(home)
      .filter(({name}) => owners.has(name))
      .map((agent) => [agent.name, readLedger(home.files, agent, window)]),
  )
  return {accounts: chosen.map((one) => rowOf(fleet, one, ledgers.get(one.account.agent) ?? null))}
}

function rowOf({mcos, clock}: Fleet, {name, account}: NamedAccount, ledger: MailLedger | null): AccountRow {
  const {kind, agent, escalate, digest} = account
  const {state, damaged} = readAccountState(mcos, name)
  // Another machine may have read it, and told: what this one has seen itself counts first.
  const elsewhere = state.checked === null ? (ledger?.accounts.get(name)?.failing ?? null) : null
  const detail = state.failure?.message ?? elsewhere?.detail ?? damaged
  return {
    account: name,
    kind,
    where: whereOf(account),
    agent,
    escalate,
    digest,
    checked: state.checked,
    new: state.fresh,
    failing: state.failure?.since ?? elsewhere?.since ?? null,
    detail: detail === null ? null : cleanLine(detail),
    fix: state.failure?.fix ?? (detail === null ? null : `mcos email check ${name}`),
    week: countSince(ledger, name, clock.now() - WEEK_MS),
  }
}

function countSince(ledger: MailLedger | null, account: string, since: number): number {
  const mails = [...(ledger?.mails.values() ?? [])]
  return mails.filter(({seen}) => seen.account === account && Date.parse(seen.at) >= since).length
}
