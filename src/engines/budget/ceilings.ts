import type {Budget} from '../../workspace/config.js'
import type {Book, BookRow, OpenCall} from './book.js'
import {roundUsd} from './entries.js'

/** Whose ceiling is meant. */
export type Whose = 'fleet' | 'agent' | 'engine'

/** What counts against a ceiling. */
export interface Amounts {
  readonly usd: number
  readonly tokens: number
  readonly turns: number
}

/** One agent's or engine's part of a book; with neither, the whole. */
export interface Part {
  readonly agent?: string
  readonly engine?: string
}

const UNITS = [
  ['usd', 'usdPerDay', 'usd_per_day'],
  ['tokens', 'tokensPerDay', 'tokens_per_day'],
  ['turns', 'turnsPerDay', 'turns_per_day'],
] as const

/** Two ceilings as one: the lower of each. */
export function tighter(one: Budget | null, other: Budget | null): Budget | null {
  if (!one || !other) return one ?? other
  const lower = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b))
  return {
    usdPerDay: lower(one.usdPerDay, other.usdPerDay),
    tokensPerDay: lower(one.tokensPerDay, other.tokensPerDay),
    turnsPerDay: lower(one.turnsPerDay, other.turnsPerDay),
  }
}

/** What is written down and, at its most, what is still open. */
export function countedIn(book: Book, part: Part): {readonly used: Amounts; readonly open: Amounts} {
  const rows = [...book.rows, ...book.earlier].filter((row) => isIn(row, part))
  const calls = book.open.filter((call) => isIn(call, part))
  const used = {
    usd: roundUsd(sum(rows, (row) => row.cost_usd)),
    tokens: sum(rows, ({tokens}) => tokens.input + tokens.output + tokens.cache_read + tokens.cache_write),
    turns: turnsIn(book, part),
  }
  const started = new Set(
    calls.filter((call) => !isKnownTurn(book, call, part)).map(({agent, turn}) => `${agent} ${turn}`),
  )
  const open = {
    usd: roundUsd(sum(calls, ({usd}) => usd)),
    tokens: sum(calls, ({tokens}) => tokens),
    turns: started.size,
  }
  return {used, open}
}

/** The first ceiling that a call might break, in words that name it; null when it fits under all of them. */
export function findSpent(
  book: Book,
  call: Pick<OpenCall, 'agent' | 'engine' | 'turn' | 'tokens' | 'usd'>,
  ceilings: Readonly<Record<Whose, Budget | null>>,
): {readonly whose: Whose; readonly detail: string} | null {
  const parts = {fleet: {}, agent: {agent: call.agent}, engine: {engine: call.engine}}
  for (const whose of ['fleet', 'agent', 'engine'] as const) {
    const ceiling = ceilings[whose]
    if (!ceiling) continue
    const part = parts[whose]
    const {used, open} = countedIn(book, part)
    const isCounted =
      isKnownTurn(book, call, part) || book.open.some((other) => isIn(other, part) && isSameTurn(other, call))
    const needed = {usd: call.usd, tokens: call.tokens, turns: isCounted ? 0 : 1}
    for (const [unit, key, name] of UNITS) {
      const most = ceiling[key]
      const counted = used[unit] + open[unit]
      if (most === null || needed[unit] === 0 || counted + needed[unit] <= most + 1e-9) continue
      const who = whose === 'fleet' ? 'the fleet' : whose === 'agent' ? call.agent : call.engine
      const left = show(unit, Math.max(0, most - counted))
      const held = open[unit] > 0 ? ` (${show(unit, open[unit])} held for calls under way)` : ''
      const detail = `${name} ${most} of ${who}: ${left} left${held}, up to ${show(unit, needed[unit])} needed`
      return {whose, detail}
    }
  }
  return null
}

function show(unit: keyof Amounts, amount: number): string {
  if (unit === 'usd') return `$${amount.toFixed(amount < 0.01 ? 4 : 2)}`
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`
}

/** An engine's turns are in its rows; an agent's are counted apart, as one turn may ask several engines. */
function turnsIn({rows, earlier, turns}: Book, part: Part): number {
  const before = sum(
    earlier.filter((row) => isIn(row, part)),
    (row) => row.turns,
  )
  if (part.engine !== undefined) {
    return (
      before +
      sum(
        rows.filter((row) => isIn(row, part)),
        (row) => row.turns,
      )
    )
  }
  const own = turns.filter(({agent}) => part.agent === undefined || agent === part.agent)
  return before + sum(own, (agent) => agent.turns)
}

function isKnownTurn({turns}: Book, call: Pick<OpenCall, 'agent' | 'turn'>, part: Part): boolean {
  const known = turns.find(({agent}) => agent === call.agent)?.recent.find(({turn}) => turn === call.turn)
  return known !== undefined && (part.engine === undefined || known.engines.includes(part.engine))
}

function isSameTurn(one: Pick<OpenCall, 'agent' | 'turn'>, other: Pick<OpenCall, 'agent' | 'turn'>): boolean {
  return one.agent === other.agent && one.turn === other.turn
}

function isIn({agent, engine}: Pick<BookRow, 'agent' | 'engine'>, part: Part): boolean {
  return (part.agent === undefined || part.agent === agent) && (part.engine === undefined || part.engine === engine)
}

function sum<T>(list: readonly T[], amount: (item: T) => number): number {
  return list.reduce((total, item) => total + amount(item), 0)
}
