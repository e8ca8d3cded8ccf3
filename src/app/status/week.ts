import {localDay} from '../../engines/budget/day.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readableReceipts, receiptPath} from '../../workspace/receipt.js'
import {readUsage} from '../usage/read-usage.js'
import {openGrowing} from './growing-file.js'

const DAY_MS = 86_400_000
const WEEK_DAYS = 7

/** Seven days, the last of them today, in the fleet's time zone. */
export interface Week {
  readonly days: readonly string[]
  readonly beats: readonly number[]
  readonly dollars: readonly number[]
}

/** Sums of days that are over are worked out once; today's grow with the receipts. */
export interface WeekSums {
  /** null: the whole fleet. */
  of(agent: string | null): Week
  /** Takes in a part of what is new; false: nothing was. */
  readMore(): boolean
}

/** Beats by the receipts of this machine, dollars by the ledgers of all machines and this machine's books. */
export function openWeek(fleet: Fleet): WeekSums {
  const {mcos, clock, home} = fleet
  const zone = home.config.timezone
  const beats = new Map<string, number>()
  const dollars = new Map<string, number>()
  const now = clock.now()
  const files = Array.from({length: WEEK_DAYS + 1}, (_, index) => receiptPath(now - (WEEK_DAYS - index) * DAY_MS))
  const growing = files.map((path) => ({path, file: openGrowing(`${mcos.dir}/${path}`)}))
  let isLedgerRead = false

  const add = (sums: Map<string, number>, day: string, agent: string, amount: number): void => {
    for (const key of [`${day} ${agent}`, `${day} `]) sums.set(key, (sums.get(key) ?? 0) + amount)
  }
  const days = (): string[] =>
    Array.from({length: WEEK_DAYS}, (_, index) => localDay(clock.now() - (WEEK_DAYS - 1 - index) * DAY_MS, zone))

  return {
    of(agent) {
      const all = days()
      const series = (sums: ReadonlyMap<string, number>) => all.map((day) => sums.get(`${day} ${agent ?? ''}`) ?? 0)
      return {days: all, beats: series(beats), dollars: series(dollars)}
    },
    readMore() {
      const next = growing.find(({file}) => file.isBehind())
      if (next) {
        for (const {agent, trigger, state, ended} of readableReceipts(next.file.readMore().text, next.path)) {
          if (trigger === 'heartbeat' && state !== 'skipped') add(beats, localDay(Date.parse(ended), zone), agent, 1)
        }
        return true
      }
      if (isLedgerRead) return false
      isLedgerRead = true
      for (const {day, agent, cost_usd} of linesOf(fleet, days())) add(dollars, day, agent, cost_usd)
      return true
    },
  }
}

function linesOf(fleet: Fleet, days: readonly string[]): ReturnType<typeof readUsage>['lines'] {
  try {
    return readUsage(fleet, {first: days[0] ?? '', today: days.at(-1) ?? ''}).lines
  } catch (error) {
    // A ledger that can't be read is `mcos usage`'s to tell; the small picture goes without its dollars.
    if (isUserError(error)) return []
    throw error
  }
}
