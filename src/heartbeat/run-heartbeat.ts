import {hasAlerts} from '../alerts/has-alerts.js'
import {unsettledApprovals} from '../guard/approvals/unsettled.js'
import {readStop} from '../guard/stop.js'
import {mayNeedRecovery} from '../history/leftover.js'
import {findRepository} from '../history/repository.js'
import {insistOnReady} from '../history/repository-state.js'
import {isUserError, type UserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {beatAgent} from './beat-agent.js'
import {blankReport, failedReport} from './blank-report.js'
import type {EndedTurn, TurnCommitter} from './commit-turns.js'
import {readCommittedLaw} from './committed-law.js'
import {listSections} from './list-sections.js'
import type {BeatOptions} from './plan-beat.js'
import type {PreparedTurn} from './prepare-turn.js'
import {writeReceipts} from './receipts.js'
import type {AgentReport, HeartbeatReport} from './report.js'
import type {Surroundings} from './surroundings.js'
import {isToldAlready} from './told.js'

export interface HeartbeatOptions {
  readonly isForced: boolean
  readonly trigger: string
  /** How many agents look at the world at the same time. */
  readonly concurrency: number
}

/** A report, with the agents whose failure is news to the person: a failure told before is only "still". */
export interface HeartbeatResult {
  readonly report: HeartbeatReport
  readonly tellable: ReadonlySet<string>
}

/** One heartbeat of these agents: what is due is looked at, what is news is acted on, each working turn is a commit. */
export async function runHeartbeat(
  agents: readonly AgentEntry[],
  around: Surroundings,
  options: HeartbeatOptions,
): Promise<HeartbeatResult> {
  const {fleet} = around
  const at = new Date(fleet.clock.now()).toISOString()
  around.listen({kind: 'agents', agents: agents.map(({name}) => name)})
  const ready = await makeReadyWithAlerts(around)
  if (hasWaitingPages(fleet)) await (await import('./page-person.js')).sendWaitingPages(around)
  const ended = isUserError(ready)
    ? await Promise.all(agents.map((agent) => failAgent(agent, fleet, {trouble: ready, isForced: options.isForced})))
    : await beatAll(agents, around, {
        ...options,
        committed: readCommittedLaw(fleet, agents, ready.head),
        ...(await answersFor(fleet)),
      })
  if (ended.some(({report}) => report.commit !== null)) await noticeAfter(around)
  const tellable = new Set(ended.filter(({report}) => isTellable(fleet, report)).map(({report}) => report.agent))
  const told = ended.map(({report}) =>
    tellable.has(report.agent) || report.state !== 'failed' ? report : stillFailing(report),
  )
  writeReceipts(
    fleet,
    told.filter((_, place) => !ended[place]?.hasReceipt),
    options.trigger,
  )
  const seen = await withAlerts(told, around)
  return {report: {fleet: fleet.home.config.name, host: fleet.host, at, agents: seen}, tellable}
}

/** A question about an alert that nobody has answered goes on before the beats, so that they hear of it in time. */
async function makeReadyWithAlerts(around: Surroundings): ReturnType<typeof makeReady> {
  const {fleet} = around
  const ready = await makeReady(fleet)
  if (isUserError(ready) || !hasAlerts(fleet.home.files)) return ready
  const {committed} = await (await import('./tend-alerts.js')).tendAlerts(around)
  return committed ? makeReady(fleet) : ready
}

/** What turns have raised and confirmed reaches people, and each agent's report says what it sees. A fleet without alerts pays one look. */
async function withAlerts(reports: readonly AgentReport[], around: Surroundings): Promise<readonly AgentReport[]> {
  if (!hasAlerts(around.fleet.home.files)) return reports
  const [{tendAlerts}, {alertLines}] = await Promise.all([import('./tend-alerts.js'), import('./alert-lines.js')])
  const {cases} = await tendAlerts(around)
  return reports.map((report) => ({...report, alerts: [...report.alerts, ...alertLines(cases, report.agent)]}))
}

async function beatAll(
  agents: readonly AgentEntry[],
  around: Surroundings,
  options: BeatOptions & Pick<HeartbeatOptions, 'concurrency'>,
): Promise<EndedTurn[]> {
  const queue = agents.map((agent, place) => ({agent, place}))
  const {listen} = around
  const ended: EndedTurn[] = []
  let running = agents.length
  let committer = null as TurnCommitter | null
  const commit = async (turn: PreparedTurn): Promise<EndedTurn> => {
    // git and all that belongs to it is loaded with the first turn.
    const {TurnCommitter} = await import('./commit-turns.js')
    committer ??= new TurnCommitter(around.fleet, () => running, options.committed.follow)
    return committer.commit(turn)
  }
  const pending: Promise<void>[] = []
  const keep = async (turn: Promise<EndedTurn>, place: number): Promise<void> => {
    const end = await turn
    ended[place] = end
    listen({kind: 'ended', report: end.report})
    running--
  }
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const {agent, place} = next
      const beat = await beatAgent(agent, around, options)
      if (beat.kind === 'over') {
        ended[place] = {report: beat.report, hasReceipt: false}
        listen({kind: 'ended', report: beat.report})
        running--
        committer?.flushIfAlone()
      } else {
        // The next agent's probes needn't wait for this one's commit.
        pending.push(keep(commit(beat), place))
      }
    }
  }
  await Promise.all(Array.from({length: Math.min(options.concurrency, agents.length)}, work))
  await Promise.all(pending)
  return ended
}

/** Where nobody was ever asked anything, this is one look at one folder. */
async function answersFor({home, mcos, clock}: Fleet): Promise<Pick<BeatOptions, 'answered'>> {
  const ids = unsettledApprovals(home.files, mcos)
  if (ids.length === 0) return {}
  const {sortApprovals} = await import('./approvals.js')
  return {answered: sortApprovals({home, mcos, clock}, ids).answered}
}

/** What a turn has asked for reaches people once its commit is there. */
async function noticeAfter(around: Surroundings): Promise<void> {
  const {home, mcos} = around.fleet
  const ids = unsettledApprovals(home.files, mcos)
  if (ids.length > 0) await (await import('./approval-notices.js')).noticeApprovals(ids, around)
}

async function failAgent(
  agent: AgentEntry,
  fleet: Fleet,
  {trouble, isForced}: {trouble: UserError; isForced: boolean},
): Promise<EndedTurn> {
  const blank = blankReport(agent, newTurnId(fleet.clock))
  const checks = await listSections(fleet, agent, {isForced, why: trouble.code})
  return {report: failedReport({...blank, checks}, trouble), hasReceipt: false}
}

/**
 * Where the branch stands, or what keeps the whole fleet from beating: no repository, a merge under way. A killed run's
 * work is finished first.
 */
async function makeReady({home, clock}: Fleet): Promise<{readonly head: string | null} | UserError> {
  try {
    const repository = findRepository(home.dir)
    const ready = insistOnReady(repository)
    if (!mayNeedRecovery(home.dir)) return ready
    const {recoverJournals} = await import('../history/recover.js')
    recoverJournals(home.dir, {clock})
    return insistOnReady(repository)
  } catch (error) {
    if (isUserError(error)) return error
    throw error
  }
}

/** Pages go out also when the repository is busy; a stop holds them back. */
function hasWaitingPages({mcos}: Fleet): boolean {
  if (readStop(mcos, null)) return false
  return ['pending', 'started', 'failed'].some((state) => mcos.list(`outbox/${state}`).length > 0)
}

/** Beats that have seen nothing of their agent: what failed before may fail still. */
const BLIND: ReadonlySet<string> = new Set(['busy', 'stopped', 'interrupted', 'parked', 'not-here'])

function isTellable(fleet: Fleet, {agent, state, reason, error}: AgentReport): boolean {
  if (state === 'skipped' && BLIND.has(reason)) return false
  return !isToldAlready(fleet, agent, error) && error !== null
}

function stillFailing(report: AgentReport): AgentReport {
  return {...report, reason: `still: ${report.reason}`}
}
