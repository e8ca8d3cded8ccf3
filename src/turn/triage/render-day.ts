import type {MailLedger} from '../../mail/ledger/read.js'
import {pageOf} from '../../mail/page/render-page.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {accountsOf} from './triage-input.js'

/** The page of one day; null where nothing happened on it. */
export function renderDay({
  fleet,
  agent,
  ledger,
  date,
}: {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly ledger: MailLedger
  readonly date: string
}): string | null {
  return pageOf(ledger, {date, zone: fleet.home.config.timezone, accounts: Object.keys(accountsOf(fleet, agent))})
}
