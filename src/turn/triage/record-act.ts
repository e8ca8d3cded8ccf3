import {formatRecords} from '../../mail/ledger/format.js'
import {parseRecords} from '../../mail/ledger/parse.js'
import {mailPaths} from '../../mail/ledger/paths.js'
import {KNOWN_DAYS, localDate, type MailLedger, readLedger, withRecords} from '../../mail/ledger/read.js'
import type {MailRecord} from '../../mail/ledger/record.js'
import type {Change} from '../../workspace/change.js'
import type {ToolContext} from '../tool.js'
import {renderDay} from './render-day.js'

/** The ledger as it will be once the turn is committed. */
export function ledgerInTurn({fleet, agent, draft}: Pick<ToolContext, 'fleet' | 'agent' | 'draft'>): {
  readonly ledger: MailLedger
  readonly date: string
} {
  const {home, clock} = fleet
  const zone = home.config.timezone
  const now = clock.now()
  const date = localDate(now, zone)
  const ledger = readLedger(home.files, agent, {days: KNOWN_DAYS, now, zone})
  const path = mailPaths(agent).ledger(date)
  const {records} = parseRecords(draft.readText(path) ?? '', path)
  const committed = new Set(ledger.records(date).map((record) => JSON.stringify(record)))
  const added = records.filter((record) => !committed.has(JSON.stringify(record)))
  return {ledger: added.length === 0 ? ledger : withRecords(ledger, date, added), date}
}

/** What a turn has done with a mail, as lines of the ledger and the page with them. */
export function planActRecords(
  records: readonly MailRecord[],
  {fleet, agent, draft}: Pick<ToolContext, 'fleet' | 'agent' | 'draft'>,
): Change[] {
  const {ledger, date} = ledgerInTurn({fleet, agent, draft})
  const page = renderDay({fleet, agent, ledger: withRecords(ledger, date, records), date})
  const paths = mailPaths(agent)
  return [
    {kind: 'append', path: paths.ledger(date), text: formatRecords(records)},
    ...(page === null ? [] : [{kind: 'write' as const, path: paths.page(date), content: page}]),
  ]
}
