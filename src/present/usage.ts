import type {BudgetShare} from '../app/usage/budget-shares.js'
import type {AsideEngine, BackingOffEngine, UsageReport, UsageRow, UsageSums} from '../app/usage.js'
import {cleanLine} from '../kit/text.js'
import {dollars} from './money.js'
import {formatTable} from './table.js'

/** What was used, what of today's budgets is left, and which engines aren't asked just now. */
export function presentUsage(report: UsageReport): string {
  const {fleet, host, since, until, budgets, open, aside, backing_off} = report
  const days = since === until ? until : `${since} to ${until}`
  const sections = [
    `${fleet}, ${days}`,
    presentRows(report),
    budgets.length === 0 ? '' : presentBudgets(budgets, host),
    open.length === 0 ? '' : presentOpen(report),
    presentEngines(aside, backing_off),
  ]
  return sections.filter((text) => text !== '').join('\n\n')
}

function presentRows({by, rows, total}: UsageReport): string {
  if (rows.length === 0) return 'No model was asked.'
  const head = [...by, 'turns', 'calls', 'input', 'cached', 'output', 'tokens', 'cost']
  const cells = rows.map((row) => [...by.map((key) => nameOf(row, key)), ...amounts(row)])
  const isOne = rows.length === 1 || by.length === 0
  const sum = isOne ? [] : [[...by.map((_, index) => (index === 0 ? 'total' : '')), ...amounts(total)]]
  return formatTable(head, [...cells, ...sum])
}

function nameOf(row: UsageRow, key: UsageReport['by'][number]): string {
  return row[key] ?? ''
}

function amounts({turns, model_calls, tokens, cost_usd}: UsageSums): string[] {
  const {input, output, cache_read: read, cache_write: write} = tokens
  const all = input + output + read + write
  return [turns, model_calls, input + write, read, output, all].map(String).concat(dollars(cost_usd))
}

function presentBudgets(shares: readonly BudgetShare[], host: string): string {
  const rows = shares.map((share) => [
    `${share.whose === 'fleet' ? 'fleet' : `${share.whose} ${share.name}`}`,
    UNIT_WORDS[share.unit],
    show(share, share.used),
    share.held === 0 ? '' : show(share, share.held),
    show(share, share.ceiling),
    percent(share),
  ])
  return `Budgets of today on ${host}\n${formatTable(['of', 'per day', 'used', 'held', 'ceiling', 'share'], rows)}`
}

const UNIT_WORDS = {usd: 'dollars', tokens: 'tokens', turns: 'turns'} as const

function presentOpen({open, host}: UsageReport): string {
  const rows = open.map(({agent, engine, turn, tokens, usd, since}) => [
    agent,
    engine,
    turn,
    String(tokens),
    dollars(usd),
    clockTime(since),
  ])
  const head = ['agent', 'engine', 'turn', 'tokens at most', 'cost at most', 'since (UTC)']
  return `Under way on ${host}\n${formatTable(head, rows)}`
}

function presentEngines(aside: readonly AsideEngine[], backingOff: readonly BackingOffEngine[]): string {
  return [
    ...aside.flatMap(({engine, reason, detail, since, until, file}) => [
      `${engine} with the key and settings of ${moment(since)} is not asked${until === null ? '' : ` until ${moment(until)}`} (${reason}): ${cleanLine(detail)}`,
      `  with others it is; to ask it again with these: rm ${file}`,
    ]),
    ...backingOff.map(
      ({engine, why, until, failures}) =>
        `${engine} is not asked before ${clockTime(until)} UTC${failures > 1 ? ` (failure ${failures} in a row)` : ''}: ${cleanLine(why)}`,
    ),
  ].join('\n')
}

function show({unit}: Pick<BudgetShare, 'unit'>, amount: number): string {
  return unit === 'usd' ? dollars(amount) : String(amount)
}

function percent({used, held, ceiling}: BudgetShare): string {
  if (ceiling === 0) return used + held === 0 ? '0%' : '100%'
  return `${Math.round(((used + held) / ceiling) * 100)}%`
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${clockTime(iso)} UTC`
}

function clockTime(iso: string): string {
  return iso.slice(11, 16)
}
