import type {MailLogin} from '../app/email/login.js'
import {cleanLine} from '../kit/text.js'
import type {AccountRow, AccountsReport, CheckedAccount, CheckReport} from '../mail/report.js'
import {formatTable} from './table.js'

const HEAD = ['account', 'kind', 'where', 'agent', 'escalate', 'last read (UTC)', 'new', 'this week', 'state']

/** Every account on a line, and below it what is wrong with which and what mends it. */
export function presentAccounts({accounts}: AccountsReport): string {
  if (accounts.length === 0) return 'There is no mail account. Name one in mcos.yaml under mail: accounts:'
  const rows = accounts.map((row) => [
    row.account,
    row.kind,
    row.where,
    row.agent,
    row.escalate ?? '-',
    row.checked === null ? 'never here' : minuteOf(row.checked),
    row.checked === null ? '-' : String(row.new),
    String(row.week),
    stateOf(row),
  ])
  return [formatTable(HEAD, rows), ...accounts.flatMap(troubleLines)].join('\n')
}

/** Nothing is called well that was never opened. */
function stateOf({failing, checked}: AccountRow): string {
  if (failing !== null) return 'failing'
  return checked === null ? 'not read yet' : 'ok'
}

function troubleLines({account, failing, detail, fix}: AccountRow): string[] {
  if (detail === null) return []
  const since = failing === null ? '' : ` since ${minuteOf(failing)}`
  return ['', cleanLine(`${account}${since}: ${detail}`), ...fixLines(fix === null ? [] : [fix])]
}

/** One line an account: what is in it, or what is wrong and what mends it. */
export function presentCheck({accounts}: CheckReport): string {
  if (accounts.length === 0) return 'There is no mail account to be checked.'
  const failed = accounts.filter(({state}) => state !== 'ok').length
  const sum = failed === 0 ? 'all open' : `${failed} ${failed === 1 ? 'does' : 'do'} not open`
  return [...accounts.flatMap(checkLines), '', `${accounts.length} checked, ${sum}.`].join('\n')
}

const MOST_FOLDERS = 6

function checkLines({account, where, state, ms, folders, error}: CheckedAccount): string[] {
  if (error !== null) return [inColumns([state, `${account}: ${error.message}`]), ...fixLines(error.suggestions)]
  const shown = folders.slice(0, MOST_FOLDERS).map((one) => `${one.name} ${one.mails ?? '?'}`)
  const more = folders.length > MOST_FOLDERS ? [`and ${folders.length - MOST_FOLDERS} more`] : []
  const inside = [...shown, ...more].join(', ') || 'no folder'
  return [inColumns(['ok', `${account}: ${where}: ${inside} (${(ms / 1000).toFixed(1)} s)`])]
}

/** Who is logged in, or why nobody has to be. */
export function presentLogin({account, detail, next}: MailLogin): string {
  return `${cleanLine(`${account}: ${detail}`)}\nTo see whether it opens: ${next}`
}

/** What mends something, a step a line, below what it is about. */
export function fixLines(fixes: readonly string[]): string[] {
  return fixes.map((fix) => `    ${cleanLine(fix)}`)
}

/** One line of parts that are told apart at a glance; each is cleaned by itself. */
export function inColumns(parts: readonly string[]): string {
  return parts.map(cleanLine).join('  ')
}

/** 2026-11-21 08:30 */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
