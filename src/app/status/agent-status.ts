import {countUnread} from '../../bus/boxes.js'
import {tighter} from '../../engines/budget/ceilings.js'
import {roundUsd} from '../../engines/budget/entries.js'
import {type LifecycleFacts, type LifecycleState, type LockFacts, lifecycleOf} from '../../fleet/lifecycle.js'
import {readStop} from '../../guard/stop.js'
import {readPlan} from '../../heartbeat/agent-view.js'
import {NEW_BEAT_STATE} from '../../heartbeat/beat-state.js'
import {planDue} from '../../heartbeat/plan-due.js'
import {peekBeatState} from '../../heartbeat/state-store.js'
import {isUserError} from '../../kit/errors.js'
import {isStale, readHolder} from '../../kit/lock-holder.js'
import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {localTime} from '../../workspace/local-time.js'
import {readPark} from '../../workspace/park.js'
import type {Receipt} from '../../workspace/receipt.js'
import type {Soul} from '../../workspace/soul.js'
import {firstEngine} from '../engines/first-engine.js'

const MOST_LOG_BYTES = 8 * 1024 * 1024

/** One agent at a glance; the keys are a promise to programs. */
export interface AgentStatus {
  readonly agent: string
  readonly role: string | null
  readonly state: LifecycleState
  /** Whether `mcos stop` holds it, by its own file or the fleet's. */
  readonly stopped: boolean
  /** Why it was laid up, as its PARKED.md says; null when it isn't, or doesn't say. */
  readonly parked: string | null
  /** The machine it runs on where that is another one; null: here. */
  readonly elsewhere: string | null
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
  /** The last line of today's log; null: it has none. */
  readonly last_line: string | null
  readonly error: string | null
}

/** Who an agent is, or why its SOUL.md can't be read. */
export interface KnownAgent {
  readonly entry: AgentEntry
  readonly soul: Soul | null
  readonly trouble: string | null
}

/** One agent as its files tell it, and what its state follows from as time goes by. */
export interface AgentReading {
  readonly status: AgentStatus
  readonly life: Omit<LifecycleFacts, 'now'>
  /** Dollars and tokens a day; null: no such budget. */
  readonly budget: {readonly usd: number | null; readonly tokens: number | null}
}

/** How much of the fleet's records is open and concerns one agent. */
export interface OpenCounts {
  readonly tasks: number
  readonly alerts: number
  readonly approvals: number
}

export interface StatusFacts {
  /** Its own, of yesterday and today. */
  readonly receipts: readonly Receipt[]
  readonly open: OpenCounts
  /** Today, as the fleet's people write it. */
  readonly date: string
  readonly lastCommit: string | null
  readonly longestTurnMs: number
}

export async function readAgentStatus(
  fleet: Fleet,
  {entry, soul, trouble}: KnownAgent,
  {receipts, open, date, lastCommit, longestTurnMs}: StatusFacts,
): Promise<AgentReading> {
  const {name} = entry
  const {config, files} = fleet.home
  const today = await receiptsOn(fleet, receipts, date)
  const cost = roundUsd(sum(today, ({cost_usd}) => cost_usd))
  const budget = tighter(config.budgets.agent, soul?.budget ?? null)
  const usd = soul?.budget?.usdPerDay ?? config.budgets.agent?.usdPerDay ?? null
  const beat = await planOf(fleet, entry)
  // A beat that was skipped has seen nothing: what failed before may fail still.
  const last = receipts.findLast(({state}) => state !== 'skipped')
  const park = readPark(files, entry)
  const elsewhere = soul?.host && soul.host !== fleet.host ? soul.host : null
  const life = {
    isParked: park !== null,
    isElsewhere: elsewhere !== null,
    policy: soul?.warm ?? ('on-demand' as const),
    lock: readLock(fleet, name),
    lastBeat: lastStirOf(fleet, name, receipts),
    nextDue: beat.nextDue === null ? null : Date.parse(beat.nextDue),
    longestTurnMs,
  }
  const status: AgentStatus = {
    agent: name,
    role: soul?.role ?? null,
    state: lifecycleOf({now: fleet.clock.now(), ...life}),
    stopped: readStop(fleet.mcos, name) !== null,
    parked: park?.why ?? null,
    elsewhere,
    warm: life.policy,
    last_beat: lastBeatOf(fleet, name, receipts),
    next_due: beat.nextDue,
    context_used: await contextUsed(fleet, entry),
    window: firstEngine(config, soul).model?.window ?? null,
    tokens_today: sum(today, ({tokens}) => tokens.input + tokens.output + tokens.cache_read + tokens.cache_write),
    cost_today: cost,
    budget_left: usd === null ? null : Math.max(0, roundUsd(usd - cost)),
    inbox: countUnread(files, entry),
    tasks_open: open.tasks,
    alerts_open: open.alerts,
    approvals_waiting: open.approvals,
    last_commit: lastCommit,
    last_line: lastLineOf(fleet, entry, date),
    error: trouble ?? beat.trouble ?? last?.error?.message ?? null,
  }
  return {status, life, budget: {usd, tokens: budget?.tokensPerDay ?? null}}
}

/** The same agent at another moment, if nothing of it has changed on the disk but its lock. */
export function ageReading(reading: AgentReading, now: number, lock: LockFacts | null): AgentReading {
  const life = {...reading.life, lock}
  const state = lifecycleOf({now, ...life})
  return state === reading.status.state ? reading : {...reading, life, status: {...reading.status, state}}
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

/** Also of turns by hand: who has just answered is warm. */
function lastStirOf(fleet: Fleet, name: string, receipts: readonly Receipt[]): number | null {
  const ended = receipts.filter(({state}) => state !== 'skipped').map((receipt) => Date.parse(receipt.ended))
  const beat = peekBeatState(fleet, name)?.lastBeat ?? null
  const times = [...ended, ...(beat === null ? [] : [beat])]
  return times.length === 0 ? null : Math.max(...times)
}

/** Who works for it now; null: nobody. */
export function readLock({mcos, clock}: Fleet, name: string): LockFacts | null {
  const holder = readHolder(`${mcos.dir}/locks/${name}.lock`)
  return holder === null ? null : {since: holder.since, isStale: isStale(holder, clock.now())}
}

function lastLineOf({home}: Fleet, entry: AgentEntry, date: string): string | null {
  try {
    const text = home.files.readText(agentPaths(entry).log(date), {maxBytes: MOST_LOG_BYTES})
    return (
      text
        ?.trimEnd()
        .split('\n')
        .at(-1)
        ?.replace(/^[-*]\s+/, '') || null
    )
  } catch (error) {
    // One line of a glance; `mcos fsck` tells what is wrong with the file.
    if (isUserError(error)) return null
    throw error
  }
}

async function contextUsed({home}: Fleet, entry: AgentEntry): Promise<number | null> {
  const file = agentPaths(entry).workstate
  try {
    const text = home.files.readText(file)
    return text === null
      ? null
      : (await import('../../workspace/workstate-head.js')).parseHead(text, file).head.contextUsed
  } catch (error) {
    // One number of a glance; `mcos fsck` tells what is wrong with the file.
    if (isUserError(error)) return null
    throw error
  }
}

function sum(receipts: readonly Receipt[], amount: (receipt: Receipt) => number): number {
  return receipts.reduce((total, receipt) => total + amount(receipt), 0)
}
