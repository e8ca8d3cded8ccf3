import {type BackingOff, listBackOffs} from '../engines/back-off.js'
import {localDay} from '../engines/budget/day.js'
import {listAside} from '../engines/put-aside.js'
import type {Fleet} from '../workspace/fleet.js'
import {knowDay} from '../workspace/local-time.js'
import {NO_TOKENS, type Tokens} from '../workspace/receipt.js'
import type {UsageLine} from '../workspace/usage-ledger.js'
import {type BudgetShare, budgetShares} from './usage/budget-shares.js'
import {firstDay} from './usage/first-day.js'
import {type OpenUsage, readUsage} from './usage/read-usage.js'

export const USAGE_KEYS = ['agent', 'engine', 'day'] as const
export type UsageKey = (typeof USAGE_KEYS)[number]

/** What the fleet used and what of it is left; the keys are a promise to programs. */
export interface UsageReport {
  readonly fleet: string
  readonly host: string
  readonly at: string
  /** The first and the last day that are counted, in the fleet's time zone. */
  readonly since: string
  readonly until: string
  readonly by: readonly UsageKey[]
  readonly rows: readonly UsageRow[]
  readonly total: UsageSums
  /** Today's share on this machine of each ceiling. */
  readonly budgets: readonly BudgetShare[]
  /** Calls that are under way on this machine, at the most that they can come to. */
  readonly open: readonly OpenUsage[]
  readonly aside: readonly AsideEngine[]
  readonly backing_off: readonly BackingOffEngine[]
}

export interface UsageSums {
  readonly turns: number
  readonly model_calls: number
  readonly tokens: Tokens
  readonly cost_usd: number
}

/** null: summed over all of them. */
export interface UsageRow extends UsageSums {
  readonly day: string | null
  readonly agent: string | null
  readonly engine: string | null
}

/** An engine that isn't asked on this machine, until ISO; null: until its key or its config changes. */
export interface AsideEngine {
  readonly engine: string
  readonly reason: string
  readonly detail: string
  readonly since: string
  readonly until: string | null
  /** Without this file the engine is asked again. */
  readonly file: string
}

export interface BackingOffEngine {
  readonly engine: string
  readonly why: string
  readonly until: string
  readonly failures: number
}

export interface UsageRequest {
  readonly by: readonly UsageKey[]
  /** As a person typed it: 7d or a day; null: today. */
  readonly since: string | null
}

/** Tokens, turns and dollars of all machines as far as they have told, against this machine's ceilings of today. */
export async function usageOf(fleet: Fleet, {by, since}: UsageRequest): Promise<UsageReport> {
  const {home, host, mcos, clock} = fleet
  const now = clock.now()
  const zone = home.config.timezone
  await knowDay(fleet, now, zone)
  const today = localDay(now, zone)
  const first = firstDay(since, {now, zone})
  const {lines, open, book} = readUsage(fleet, {first, today})
  return {
    fleet: home.config.name,
    host,
    at: iso(now),
    since: first,
    until: today,
    by,
    rows: groupBy(lines, by),
    total: sumsOf(lines),
    budgets: await budgetShares(fleet, book),
    open,
    aside: listAside(mcos, now).map((aside) => ({
      engine: aside.engine,
      reason: aside.reason,
      detail: aside.detail,
      since: iso(aside.at),
      until: aside.until === null ? null : iso(aside.until),
      file: `.mcos/${aside.file}`,
    })),
    backing_off: listBackOffs(mcos, now).map(toBackingOff),
  }
}

function toBackingOff({engine, why, until, failures}: BackingOff): BackingOffEngine {
  return {engine, why, until: iso(until), failures}
}

/** One row for each combination that occurs, in the order of its words. */
function groupBy(lines: readonly UsageLine[], by: readonly UsageKey[]): UsageRow[] {
  const groups = new Map<string, UsageLine[]>()
  for (const line of lines) {
    const key = by.map((word) => line[word]).join(' ')
    const group = groups.get(key)
    if (group) group.push(line)
    else groups.set(key, [line])
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => {
      const named = (word: UsageKey) => (by.includes(word) ? (group[0]?.[word] ?? null) : null)
      return {day: named('day'), agent: named('agent'), engine: named('engine'), ...sumsOf(group)}
    })
}

function sumsOf(lines: readonly UsageLine[]): UsageSums {
  const sum = (amount: (line: UsageLine) => number) => lines.reduce((total, line) => total + amount(line), 0)
  const tokens = Object.keys(NO_TOKENS).map((kind) => [kind, sum((line) => line.tokens[kind as keyof Tokens])])
  return {
    turns: sum((line) => line.turns),
    model_calls: sum((line) => line.model_calls),
    tokens: Object.fromEntries(tokens) as Tokens,
    cost_usd: Math.round(sum((line) => line.cost_usd) * 1e9) / 1e9,
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
