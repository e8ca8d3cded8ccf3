import {countUnread} from '../bus/boxes.js'
import {readStop} from '../guard/stop.js'
import {readPlan} from '../heartbeat/agent-view.js'
import {NEW_BEAT_STATE} from '../heartbeat/beat-state.js'
import {planDue} from '../heartbeat/plan-due.js'
import {peekBeatState} from '../heartbeat/state-store.js'
import {isUserError} from '../kit/errors.js'
import {isStale, readHolder} from '../kit/lock-holder.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import type {Receipt} from '../workspace/receipt.js'
import type {Soul} from '../workspace/soul.js'
import {firstEngine} from './first-engine.js'
import type {OpenRecords} from './open-records.js'

/** One agent at a glance; the keys are a promise to programs. */
export interface AgentStatus {
  readonly agent: string
  readonly role: string | null
  readonly state: 'busy' | 'idle' | 'stopped' | 'failed' | 'not-here' | 'new'
  readonly warm: string
  readonly last_beat: string | null
  /** The time of day the calendar asks for next, or now where it has come; null for "every heartbeat" alone. */
  readonly next_due: string | null
  /** Tokens, as WORKSTATE.md says. */
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

/** Who an agent is, or why its SOUL.md can't be read. */
export interface KnownAgent {
  readonly entry: AgentEntry
  readonly soul: Soul | null
  readonly trouble: string | null
}

export interface StatusFacts {
  /** Its own, of yesterday and today. */
  readonly receipts: readonly Receipt[]
  readonly open: OpenRecords
  /** Today, as the fleet's people write it. */
  readonly date: string
  readonly lastCommit: string | null
}

export async function agentStatus(
  fleet: Fleet,
  {entry, soul, trouble}: KnownAgent,
  {receipts, open, date, lastCommit}: StatusFacts,
): Promise<AgentStatus> {
  const {name} = entry
  const today = await receiptsOn(fleet, receipts, date)
  const cost = sum(today, ({cost_usd}) => cost_usd)
  const budget = soul?.budget?.usdPerDay ?? fleet.home.config.budgets.agent?.usdPerDay ?? null
  const beat = await planOf(fleet, entry)
  // A beat that was skipped has seen nothing: what failed before may fail still.
  const last = receipts.findLast(({state}) => state !== 'skipped')
  const error = trouble ?? beat.trouble ?? last?.error?.message ?? null
  const lastBeat = lastBeatOf(fleet, name, receipts)
  return {
    agent: name,
    role: soul?.role ?? null,
    state: stateOf(fleet, name, {error, soul, isNew: lastBeat === null}),
    warm: soul?.warm ?? 'on-demand',
    last_beat: lastBeat,
    next_due: beat.nextDue,
    context_used: await contextUsed(fleet, entry),
    window: firstEngine(fleet.home.config, soul).model?.window ?? null,
    tokens_today: sum(today, ({tokens}) => tokens.input + tokens.output + tokens.cache_read + tokens.cache_write),
    cost_today: cost,
    budget_left: budget === null ? null : Math.max(0, budget - cost),
    inbox: countUnread(fleet.home.files, entry),
    tasks_open: open.tasks.get(name) ?? 0,
    alerts_open: open.alerts.get(name) ?? 0,
    approvals_waiting: open.approvals.get(name) ?? 0,
    last_commit: lastCommit,
    error,
  }
}

async function receiptsOn(fleet: Fleet, receipts: readonly Receipt[], date: string): Promise<Receipt[]> {
  const found: Receipt[] = []
  for (const receipt of receipts) {
    if ((await localTime(fleet, Date.parse(receipt.ended))).date === date) found.push(receipt)
  }
  return found
}

/** The receipts tell the newest beats, its memory also of a fleet that has slept for a week. */
function lastBeatOf(fleet: Fleet, name: string, receipts: readonly Receipt[]): string | null {
  const remembered = peekBeatState(fleet, name)?.lastBeat ?? null
  const beats = receipts.filter(({trigger}) => trigger === 'heartbeat')
  const times = [...beats.map(({ended}) => Date.parse(ended)), ...(remembered === null ? [] : [remembered])]
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString()
}

async function planOf(fleet: Fleet, entry: AgentEntry): Promise<{nextDue: string | null; trouble: string | null}> {
  const now = fleet.clock.now()
  try {
    const {heartbeat, planKey} = await readPlan(fleet, entry)
    const state = peekBeatState(fleet, entry.name) ?? NEW_BEAT_STATE
    const facts = {now, zone: fleet.home.config.timezone, isForced: false, planKey}
    const timed = (await planDue(heartbeat.checks, state, facts)).filter(
      ({check}) => check.kind === 'check' && !check.off && check.cadence.kind !== 'every-beat',
    )
    const times = timed.flatMap(({due, nextDue}) => (due ? now : (nextDue ?? [])))
    return {nextDue: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(), trouble: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {nextDue: null, trouble: error.message}
  }
}

function stateOf(
  fleet: Fleet,
  name: string,
  {error, soul, isNew}: {error: string | null; soul: Soul | null; isNew: boolean},
): AgentStatus['state'] {
  if (readStop(fleet.mcos, name)) return 'stopped'
  if (isHeld(fleet, name)) return 'busy'
  if (error !== null) return 'failed'
  if (soul?.host && soul.host !== fleet.host) return 'not-here'
  return isNew ? 'new' : 'idle'
}

function isHeld({mcos, clock}: Fleet, name: string): boolean {
  const holder = readHolder(`${mcos.dir}/locks/${name}.lock`)
  return holder !== null && !isStale(holder, clock.now())
}

async function contextUsed({home}: Fleet, entry: AgentEntry): Promise<number | null> {
  const file = agentPaths(entry).workstate
  try {
    const text = home.files.readText(file)
    return text === null
      ? null
      : (await import('../workspace/workstate-head.js')).parseHead(text, file).head.contextUsed
  } catch (error) {
    // One number of a glance; `mcos fsck` tells what is wrong with the file.
    if (isUserError(error)) return null
    throw error
  }
}

function sum(receipts: readonly Receipt[], amount: (receipt: Receipt) => number): number {
  return receipts.reduce((total, receipt) => total + amount(receipt), 0)
}
