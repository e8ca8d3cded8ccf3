import {bookDays, closedDays, closeFromReceipts} from '../../engines/budget/closed-days.js'
import {localDay} from '../../engines/budget/day.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Receipt, readableReceipts} from '../../workspace/receipt.js'
import {usagePath} from '../../workspace/usage-ledger.js'
import {hasSpent} from './receipts-age.js'

const LONGEST_FILE = 256 * 1024 * 1024

/** What one agent spent on one local day, by its receipts. */
interface Spent {
  readonly day: string
  readonly agent: string
}

/** Hands what old receipts alone know to the next fold of the usage: days whose book was lost, or of before there were books. */
export function bookOldReceipts(fleet: Fleet, old: readonly string[]): void {
  const {mcos, clock, home} = fleet
  const missing = old.flatMap((path) => notInLedger(fleet, path))
  if (missing.length === 0) return
  const waiting = new Set([...bookDays({mcos}), ...closedDays({mcos}).map(({day}) => day)])
  for (const day of new Set(missing.map((spent) => spent.day))) {
    if (waiting.has(day)) continue
    const agents = new Set(missing.filter((spent) => spent.day === day).map(({agent}) => agent))
    closeFromReceipts({mcos, clock, zone: home.config.timezone}, day, ({agent}) => agents.has(agent))
  }
}

/** Removes the old receipts that have nothing to tell the committed ledgers any more; the others stay. */
export function removeOldReceipts(fleet: Fleet, old: readonly string[]): void {
  for (const path of old) {
    if (notInLedger(fleet, path).length === 0) fleet.mcos.remove(path, {sync: false})
  }
}

/** What a file of receipts tells and no ledger has. An agent that another machine's ledger has on that day is counted there: the machine had another name. */
export function notInLedger(fleet: Fleet, path: string): Spent[] {
  if (!hasSpent(fleet.mcos, path)) return []
  const ledgers = new Map<string, string>()
  return spentIn(fleet, path).filter(({day, agent}) => {
    const month = day.slice(0, 7)
    const own = textOf(fleet, usagePath(fleet.host, day))
    if (own.includes(`"day":"${day}"`)) return false
    const all = ledgers.get(month) ?? readMonth(fleet, month)
    ledgers.set(month, all)
    return !all.includes(`"day":"${day}","agent":${JSON.stringify(agent)},`)
  })
}

function spentIn({mcos, home}: Fleet, path: string): Spent[] {
  const receipts = readableReceipts(mcos.readText(path, {maxBytes: LONGEST_FILE}) ?? '', `.mcos/${path}`)
  const spent = new Map<string, Spent>()
  for (const receipt of receipts.filter(isSpent)) {
    const day = localDay(Date.parse(receipt.ended), home.config.timezone)
    spent.set(`${day} ${receipt.agent}`, {day, agent: receipt.agent})
  }
  return [...spent.values()]
}

function isSpent({model_calls: calls, engine}: Receipt): boolean {
  return calls > 0 && engine !== null
}

function readMonth(fleet: Fleet, month: string): string {
  const hosts = fleet.home.files.list('usage').filter(({kind}) => kind === 'folder')
  return hosts.map(({name}) => textOf(fleet, `usage/${name}/${month}.jsonl`)).join('')
}

function textOf({home}: Fleet, path: string): string {
  return home.files.readText(path, {maxBytes: LONGEST_FILE}) ?? ''
}
