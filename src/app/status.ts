import {countUnread} from '../bus/boxes.js'
import {readStop} from '../guard/stop.js'
import {readBeatState} from '../heartbeat/state-store.js'
import {isUserError} from '../kit/errors.js'
import {isStale, readHolder} from '../kit/lock-holder.js'
import {type AgentEntry, agentPaths, listAgents} from '../workspace/agents.js'
import type {Budget} from '../workspace/config.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import type {Receipt} from '../workspace/receipt.js'
import type {Soul} from '../workspace/soul.js'
import {readRecentReceipts} from './recent-receipts.js'

/** One agent at a glance; the keys are a promise to programs. */
export interface AgentStatus {
  readonly agent: string
  readonly role: string | null
  readonly state: 'busy' | 'idle' | 'stopped' | 'failed' | 'not-here' | 'new'
  readonly warm: string
  readonly last_beat: string | null
  readonly next_due: string | null
  readonly context_used: number | null
  readonly window: number | null
  readonly tokens_today: number
  readonly cost_today: number
  /** Dollars; null without a budget. */
  readonly budget_left: number | null
  readonly inbox: number
  readonly tasks_open: number
  readonly alerts_open: number
  readonly approvals_waiting: number
  readonly last_commit: string | null
  readonly error: string | null
}

export interface StatusReport {
  readonly fleet: string
  readonly host: string
  readonly at: string
  readonly stopped: boolean
  readonly agents: readonly AgentStatus[]
  readonly totals: {
    readonly agents: number
    readonly inbox: number
    readonly tokens_today: number
    readonly cost_today: number
    readonly failed: number
  }
}

/** The fleet as its files tell it; nothing is asked of any process. */
export async function statusOf(fleet: Fleet): Promise<StatusReport> {
  const now = fleet.clock.now()
  const {date} = await localTime(fleet, now)
  const receipts = readRecentReceipts(fleet)
  const agents: AgentStatus[] = []
  for (const agent of listAgents(fleet.home)) agents.push(await agentStatus(fleet, agent, {receipts, date}))
  const sum = (count: (agent: AgentStatus) => number): number =>
    agents.reduce((total, agent) => total + count(agent), 0)
  return {
    fleet: fleet.home.config.name,
    host: fleet.host,
    at: new Date(now).toISOString(),
    stopped: readStop(fleet.mcos, '')?.scope === 'fleet',
    agents,
    totals: {
      agents: agents.length,
      inbox: sum(({inbox}) => inbox),
      tokens_today: sum(({tokens_today}) => tokens_today),
      cost_today: sum(({cost_today}) => cost_today),
      failed: sum(({error}) => (error === null ? 0 : 1)),
    },
  }
}

interface DayFacts {
  readonly receipts: readonly Receipt[]
  readonly date: string
}

async function agentStatus(fleet: Fleet, agent: AgentEntry, {receipts, date}: DayFacts): Promise<AgentStatus> {
  const own = receipts.filter((receipt) => receipt.agent === agent.name)
  const today: Receipt[] = []
  for (const receipt of own) if ((await localTime(fleet, Date.parse(receipt.ended))).date === date) today.push(receipt)
  const last = own.at(-1)
  const soul = await readSoul(fleet, agent)
  const error = 'error' in soul ? soul.error : (last?.error?.message ?? null)
  const cost = today.reduce((sum, {cost_usd}) => sum + cost_usd, 0)
  const budget = budgetOf(soul.soul, fleet.home.config.budgets.agent)
  return {
    agent: agent.name,
    role: soul.soul?.role ?? null,
    state: stateOf(fleet, agent, {error, soul: soul.soul, last}),
    warm: soul.soul?.warm ?? 'on-demand',
    last_beat: last?.ended ?? null,
    next_due: nextDue(fleet, agent),
    context_used: null,
    window: null,
    tokens_today: today.reduce((sum, {tokens}) => sum + totalOf(tokens), 0),
    cost_today: cost,
    budget_left: budget === null ? null : Math.max(0, budget - cost),
    inbox: countUnread(fleet.home.files, agent),
    tasks_open: 0,
    alerts_open: 0,
    approvals_waiting: 0,
    last_commit: own.findLast(({commit}) => commit !== null)?.commit ?? null,
    error,
  }
}

async function readSoul(fleet: Fleet, agent: AgentEntry): Promise<{soul: Soul | null; error?: string}> {
  const file = agentPaths(agent).soul
  try {
    const text = fleet.home.files.readText(file)
    if (text === null) return {soul: null}
    const parse = async () => (await import('../workspace/parse-soul.js')).parseSoul(text, file)
    return {soul: await fleet.cache.get('soul', text, parse)}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {soul: null, error: error.message}
  }
}

function stateOf(
  fleet: Fleet,
  {name}: AgentEntry,
  {error, soul, last}: {error: string | null; soul: Soul | null; last: Receipt | undefined},
): AgentStatus['state'] {
  if (readStop(fleet.mcos, name)) return 'stopped'
  if (isHeld(fleet, name)) return 'busy'
  if (error !== null) return 'failed'
  if (soul?.host && soul.host !== fleet.host) return 'not-here'
  return last ? 'idle' : 'new'
}

function isHeld({mcos, clock}: Fleet, name: string): boolean {
  const holder = readHolder(`${mcos.dir}/locks/${name}.lock`)
  return holder !== null && !isStale(holder, clock.now())
}

function nextDue(fleet: Fleet, {name}: AgentEntry): string | null {
  const state = readState(fleet, name)
  const times = Object.values(state?.checks ?? {}).flatMap(({nextDue: next}) => next ?? [])
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString()
}

function readState(fleet: Fleet, name: string): ReturnType<typeof readBeatState> {
  try {
    return readBeatState(fleet, name)
  } catch (error) {
    // `mcos fsck` tells of it, and the next beat sets it aside.
    if (isUserError(error)) return null
    throw error
  }
}

function budgetOf(soul: Soul | null, common: Budget | null): number | null {
  return soul?.budget?.usdPerDay ?? common?.usdPerDay ?? null
}

function totalOf({input, output, cache_read, cache_write}: Receipt['tokens']): number {
  return input + output + cache_read + cache_write
}
