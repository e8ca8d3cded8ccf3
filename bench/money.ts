import type {AgentReport} from '../src/heartbeat/report.js'
import type {Bench, BenchReport, Figure} from './bench.js'
import {MODEL} from './model-bench.js'
import {AGENTS, JOBS, openMoneyFleet, type Planted, plantedEvents, type Watch} from './money-fleet.js'

const EVENTS_A_DAY = 12
const DAYS_A_MONTH = 30
const USUAL = 30

/** What a company's agents cost in a month, and whether anything is missed by not asking a model all the time. */
export const bench: Bench = {
  what: `${AGENTS} agents, ${JOBS} scheduled jobs a day, ${EVENTS_A_DAY} events a day, at the prices of ${MODEL}`,
  async run({isShort, say}): Promise<BenchReport> {
    const figures: Figure[] = []
    const raw: Record<string, unknown> = {}
    for (const {minutes, days} of isShort ? SHORT : LONG) {
      say(`${days} days, a beat every ${minutes} minutes`)
      const month = await replay('probes', {minutes, days})
      raw[`every ${minutes}`] = month
      figures.push(monthFigure(month), ...exactFigures(month))
    }
    const {minutes, days} = isShort ? {minutes: 240, days: 1} : {minutes: 30, days: 3}
    say(`${days} days with a model call at every beat, every ${minutes} minutes`)
    const [ours, theirs] = [await replay('probes', {minutes, days}), await replay('model', {minutes, days})]
    raw['model at every beat'] = theirs
    figures.push(...compare(ours, theirs))
    return {figures, raw, missing: isShort ? ['a beat every 5 minutes: only in the long run'] : []}
  },
}

const SHORT = [
  {minutes: 30, days: 3},
  {minutes: 240, days: 3},
]
const LONG = [5, 30, 240].map((minutes) => ({minutes, days: DAYS_A_MONTH}))

interface Month {
  readonly minutes: number
  readonly days: number
  readonly calls: number
  readonly tokens: number
  readonly usd: number
  readonly commits: number
  readonly jobs: number
  readonly failures: readonly string[]
  /** By the event's token, the minute of the beat in whose log it stands. */
  readonly found: Readonly<Record<string, number>>
  readonly planted: number
}

async function replay(watch: Watch, {minutes, days}: {minutes: number; days: number}): Promise<Month> {
  const fleet = await openMoneyFleet(watch)
  try {
    const events = plantedEvents(days, EVENTS_A_DAY)
    const waiting = [...events]
    const month = {calls: 0, tokens: 0, usd: 0, commits: 0, jobs: 0}
    const found: Record<string, number> = {}
    const failures: string[] = []
    await fleet.beatAfter(0)
    for (let minute = minutes; minute <= days * 1440; minute += minutes) {
      while (waiting[0] && waiting[0].minute < minute) fleet.plant(waiting.shift() as Planted)
      for (const agent of await fleet.beatAfter(minutes)) count(agent, {month, failures})
      for (const token of logged(fleet.git, events, found)) found[token] = minute
    }
    return {minutes, days, ...month, failures, found, planted: events.length}
  } finally {
    await fleet.close()
  }
}

function count(
  {model_calls, tokens, cost_usd, commit, checks, error, agent}: AgentReport,
  {month, failures}: {month: Record<'calls' | 'tokens' | 'usd' | 'commits' | 'jobs', number>; failures: string[]},
): void {
  month.calls += model_calls
  month.tokens += tokens.input + tokens.output + tokens.cache_read + tokens.cache_write
  month.usd += cost_usd
  month.commits += commit === null ? 0 : 1
  month.jobs += checks.filter(({id, status}) => id.startsWith('job') && status === 'asked').length
  if (error) failures.push(`${agent}: ${error.code} ${error.message}`)
}

/** Events that stand in a committed log of the agent they happened to. */
function logged(
  git: (...args: string[]) => string,
  events: readonly Planted[],
  found: Readonly<Record<string, number>>,
): string[] {
  const open = events.filter(({token}) => found[token] === undefined)
  if (open.length === 0) return []
  const changed = git('log', '-40', '-p', '--unified=0', '--format=', '--', 'workspaces/*/memory/*.md')
  return open.filter(({token}) => changed.includes(token)).map(({token}) => token)
}

function monthFigure({minutes, days, calls, tokens, usd, commits}: Month): Figure {
  const scale = DAYS_A_MONTH / days
  return {
    what: `a month, a beat every ${minutes} minutes`,
    value: Math.round(usd * scale * 100) / 100,
    unit: '',
    atMost: minutes === USUAL ? 50 : null,
    isExact: minutes === USUAL,
    note: `dollars; in ${days} days ${calls} model calls, ${tokens} tokens, ${commits} commits`,
  }
}

function exactFigures({minutes, days, jobs, failures, found, planted}: Month): Figure[] {
  const exact = {unit: '', atMost: 0, isExact: true} as const
  // Jobs of the last hours may be due only after the last beat.
  return [
    {
      ...exact,
      what: `  every ${minutes}: events not found`,
      value: planted - Object.keys(found).length,
      note: `of ${planted}`,
    },
    {
      ...exact,
      what: `  every ${minutes}: jobs not done`,
      value: Math.max(0, days * JOBS - jobs),
      note: `of ${days * JOBS}`,
    },
    {...exact, what: `  every ${minutes}: failures`, value: failures.length, note: failures[0] ?? 'none'},
  ]
}

function compare(ours: Month, theirs: Month): Figure[] {
  const tokens = [...new Set([...Object.keys(ours.found), ...Object.keys(theirs.found)])]
  const missed = tokens.filter((token) => ours.found[token] === undefined)
  const late = tokens.filter((token) => (ours.found[token] ?? 0) > (theirs.found[token] ?? Number.POSITIVE_INFINITY))
  return [
    {
      what: 'events that only a model call at every beat found',
      value: missed.length,
      unit: '',
      atMost: 0,
      isExact: true,
      note: `of ${Object.keys(theirs.found).length} in ${theirs.days} days, every ${theirs.minutes} minutes`,
    },
    {
      what: 'events found at a later beat than so',
      value: late.length,
      unit: '',
      atMost: 0,
      isExact: true,
      note: late.join(' '),
    },
    {
      what: 'dollars, of a model call at every beat',
      value: Math.round((100 * ours.usd) / theirs.usd),
      unit: '%',
      atMost: null,
      note: `$${ours.usd.toFixed(2)} of $${theirs.usd.toFixed(2)}; ${ours.calls} calls of ${theirs.calls}`,
    },
  ]
}
