import {readStop} from '../guard/stop.js'
import {history} from '../history/turns.js'
import {isUserError} from '../kit/errors.js'
import {hasSandbox} from '../kit/sandbox.js'
import {CEILINGS} from '../turn/turn-input.js'
import {type AgentEntry, agentPaths, listAgents} from '../workspace/agents.js'
import {alertGates} from '../workspace/alert-gates.js'
import type {AlertGates} from '../workspace/alert-state.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import {type AgentStatus, agentStatus, type KnownAgent} from './agent-status.js'
import {countOpen} from './open-records.js'
import {readRecentReceipts} from './recent-receipts.js'

export type {AgentStatus} from './agent-status.js'

export interface StatusReport {
  readonly fleet: string
  readonly host: string
  readonly at: string
  readonly stopped: boolean
  /** Agents whose programs run without a sandbox, so that approvals and signatures on this machine prove nothing. */
  readonly unenforced: readonly string[]
  readonly agents: readonly AgentStatus[]
  readonly totals: {
    readonly agents: number
    readonly inbox: number
    readonly tokens_today: number
    readonly cost_today: number
    readonly tasks_open: number
    readonly alerts_open: number
    readonly approvals_waiting: number
    readonly failed: number
  }
}

/** The fleet as its files tell it; nothing is asked of any process but git, and that at most once. */
export async function statusOf(fleet: Fleet, isBoxedHere: () => boolean = hasSandbox): Promise<StatusReport> {
  const {home, mcos, clock, host} = fleet
  const now = clock.now()
  const known: KnownAgent[] = []
  for (const entry of listAgents(home)) known.push(await readKnown(fleet, entry))
  const {date} = await localTime(fleet, now)
  const receipts = readRecentReceipts(fleet)
  const open = await countOpen(home.files, {now, gates: gatesOf(fleet, known)})
  const lastCommit = commitFinder(fleet)
  const longestTurnMs = longestTurn(fleet)
  const agents: AgentStatus[] = []
  for (const agent of known) {
    const own = receipts.get(agent.entry.name) ?? []
    const last = own.findLast(({commit}) => commit !== null)?.commit ?? lastCommit(agent.entry.name)
    agents.push(await agentStatus(fleet, agent, {receipts: own, open, date, lastCommit: last, longestTurnMs}))
  }
  return {
    fleet: home.config.name,
    host,
    at: new Date(now).toISOString(),
    stopped: readStop(mcos, null) !== null,
    unenforced: unenforcedAmong(known, isBoxedHere),
    agents,
    totals: totalsOf(agents),
  }
}

/** Without a sandbox on the machine, whoever may run anything at all. */
function unenforcedAmong(known: readonly KnownAgent[], isBoxedHere: () => boolean): string[] {
  const isOpen = ({soul}: KnownAgent): boolean =>
    soul?.contract?.unsandboxed === true || ((soul?.contract?.commands.length ?? 0) > 0 && !isBoxedHere())
  return known.filter(isOpen).map(({entry}) => entry.name)
}

function totalsOf(agents: readonly AgentStatus[]): StatusReport['totals'] {
  const sum = (count: (agent: AgentStatus) => number) => agents.reduce((total, agent) => total + count(agent), 0)
  return {
    agents: agents.length,
    inbox: sum(({inbox}) => inbox),
    tokens_today: sum(({tokens_today}) => tokens_today),
    cost_today: sum(({cost_today}) => cost_today),
    tasks_open: sum(({tasks_open}) => tasks_open),
    alerts_open: sum(({alerts_open}) => alerts_open),
    approvals_waiting: sum(({approvals_waiting}) => approvals_waiting),
    failed: sum(({error}) => (error === null ? 0 : 1)),
  }
}

async function readKnown(fleet: Fleet, entry: AgentEntry): Promise<KnownAgent> {
  const file = agentPaths(entry).soul
  try {
    const text = fleet.home.files.readText(file)
    if (text === null) return {entry, soul: null, trouble: null}
    const parse = async () => (await import('../workspace/parse-soul.js')).parseSoul(text, file)
    return {entry, soul: await fleet.cache.get('soul', text, parse), trouble: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {entry, soul: null, trouble: error.message}
  }
}

function gatesOf({home}: Fleet, known: readonly KnownAgent[]): AlertGates {
  const confirms = new Map(known.map(({entry, soul}) => [entry.name, soul?.escalation.confirms ?? []]))
  return alertGates(home.config.people, confirms)
}

/** A turn may go on for its own time, and whoever is asked at its end for theirs. */
function longestTurn({home}: Fleet): number {
  const deadlines = Object.values(home.config.engines).map(({deadlineMs}) => deadlineMs)
  return CEILINGS.ms + Math.max(0, ...deadlines)
}

/** So far back are turns searched for an agent that has been still for days. */
const MOST_TURNS = 5000

/** The newest turn of an agent that the receipts no longer tell; git is asked when the first such agent comes up. */
function commitFinder({home}: Fleet): (agent: string) => string | null {
  let newest: Map<string, string> | null = null
  return (agent) => {
    newest ??= newestCommits(home.dir)
    return newest.get(agent) ?? null
  }
}

function newestCommits(home: string): Map<string, string> {
  try {
    const turns = history(home, {limit: MOST_TURNS}).filter(({trigger}) => trigger !== 'person')
    return new Map(turns.reverse().flatMap(({agent, commit}) => (agent === null ? [] : [[agent, commit] as const])))
  } catch (error) {
    // No repository, or one that git can't read: `mcos fsck` tells, and the glance goes on.
    if (isUserError(error)) return new Map()
    throw error
  }
}
