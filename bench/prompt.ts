import type {Bench, BenchReport, Figure} from './bench.js'
import {type DayCost, measureDay, measureRole, openRole, ROLES, type RoleCost, withServer} from './prompt-cost.js'
import {adoptWild, WILD} from './prompt-wild.js'

const RHYTHMS = [5, 30, 240] as const
/** A figure for every rhythm would be a table of a hundred lines; this one is what cron is mostly set to. */
const USUAL = 30

/** What a heartbeat's model has to read, how much of that it has read before, and what a day of it costs. */
export const bench: Bench = {
  what: 'input of a heartbeat with three judgement checks, by the count of a loopback server',
  async run({isShort, stopwatch, say}): Promise<BenchReport> {
    const figures: Figure[] = []
    const raw: Record<string, unknown> = {}
    for (const role of ROLES) {
      const costs: RoleCost[] = []
      for (const minutes of RHYTHMS) costs.push(await measureRole(role, {minutes}))
      figures.push(...roleFigures(role, costs))
      raw[role] = costs
    }
    say('a server with 239 tools')
    const plain = await measureRole('comms', {minutes: USUAL})
    const {cost: mcp, tools} = await withServer(239)
    const missing = tools.length === 0 ? ['239 tools: no tool of MCP servers is offered'] : []
    const more = mcp.input - plain.input
    figures.push({
      what: 'comms with a server of 239 tools',
      value: more,
      unit: 'tokens more',
      atMost: 1_000,
      note: `offered: ${tools.join(', ') || 'none'}`,
      isExact: true,
    })
    raw['mcp'] = mcp
    for (const minutes of isShort ? RHYTHMS.slice(1) : RHYTHMS) {
      say(`a day of comms, every ${minutes} minutes`)
      const day = await measureDay(await openRole('comms', minutes), minutes)
      raw[`comms ${minutes}`] = day
      figures.push(dayFigure(`comms, every ${minutes} min: a day with its log`, day))
    }
    for (const name of WILD) {
      for (const minutes of isShort ? RHYTHMS.slice(1) : RHYTHMS) {
        say(`a day of ${name}, adopted as it is, every ${minutes} minutes`)
        const day = await measureDay(await adoptWild(name, stopwatch), minutes)
        raw[`${name} ${minutes}`] = day
        figures.push(dayFigure(`${name}, adopted, every ${minutes} min: a day`, day))
      }
    }
    return {figures, raw, missing}
  },
}

function roleFigures(role: string, costs: readonly RoleCost[]): Figure[] {
  const days = costs.map(({minutes, usdADay}) => `${dollars(usdADay)} a day at ${minutes} min`).join(', ')
  const usual = costs.find(({minutes}) => minutes === USUAL)
  if (!usual) throw new Error(`${role} was not measured at ${USUAL} minutes`)
  const unread = costs.filter(({minutes, cacheRead}) => minutes < 60 && cacheRead === 0).length
  const changed = costs.filter(({isPrefixSame}) => !isPrefixSame).length
  const exact = {unit: '', isExact: true, atMost: 0} as const
  return [
    {what: role, value: usual.input, unit: 'tokens', atMost: 3_000, note: days, isExact: true},
    {
      what: `${role}: not in the stable prefix`,
      value: Math.round(100 * (1 - usual.cacheRead / usual.input)),
      unit: '%',
      atMost: 20,
      note: `${usual.cacheRead} tokens read from the cache at the second beat`,
      isExact: true,
    },
    {
      ...exact,
      what: `${role}: prefixes that changed, second beats without a cache read, calls too many`,
      value: changed + unread + costs.reduce((sum, {calls}) => sum + Math.abs(calls - 2), 0),
      note: 'exactly',
    },
  ]
}

function dayFigure(what: string, {tokens, usd, calls, beats, largest, cacheShare}: DayCost): Figure {
  const note = `${dollars(usd)}; ${calls} calls in ${beats} beats, at most ${largest} tokens in; ${cacheShare} % read from the cache`
  return {what, value: tokens, unit: 'tokens', atMost: null, note}
}

function dollars(usd: number): string {
  return `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`
}
