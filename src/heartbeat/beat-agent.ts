import {readStop} from '../guard/stop.js'
import {isUserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {type Lock, tryLock} from '../kit/lock.js'
import type {AgentEntry} from '../workspace/agents.js'
import {type AgentView, readAgentView} from './agent-view.js'
import type {BeatState} from './beat-state.js'
import {NEW_BEAT_STATE} from './beat-state.js'
import {blankReport, failedReport} from './blank-report.js'
import {reportChecks, reportUnseen} from './check-reports.js'
import type {CommittedSouls} from './committed-souls.js'
import {type Findings, findNews} from './find-news.js'
import {listSections} from './list-sections.js'
import {nextState} from './next-state.js'
import {type PlannedCheck, planDue} from './plan-due.js'
import {type PreparedTurn, prepareTurn} from './prepare-turn.js'
import {rebuildState} from './rebuild-state.js'
import type {AgentReport} from './report.js'
import {peekBeatState, readOwnBeatState, writeBeatState} from './state-store.js'
import {canJudge, type Surroundings} from './surroundings.js'

export interface BeatOptions {
  readonly isForced: boolean
  readonly trigger: string
  readonly committed: CommittedSouls
}

const RENEW_EVERY_MS = 15_000

/** A beat that is over, or one whose turn waits to be committed; until then it keeps the agent's lock. */
export type Beat = {readonly kind: 'over'; readonly report: AgentReport} | ({readonly kind: 'turn'} & PreparedTurn)

/** One agent's beat up to the commit: what is due, what the probes see, what is to be done about it. */
export async function beatAgent(agent: AgentEntry, around: Surroundings, options: BeatOptions): Promise<Beat> {
  const started = around.fleet.clock.now()
  const blank = blankReport(agent, newTurnId(around.fleet.clock))
  const finish = (report: AgentReport): Beat => ({
    kind: 'over',
    report: {...report, ms: around.fleet.clock.now() - started},
  })
  const passOver = async (why: string, planned?: readonly PlannedCheck[]): Promise<Beat> => {
    const checks = planned
      ? reportUnseen(planned, why)
      : await listSections(around.fleet, agent, {isForced: options.isForced, why})
    return finish({...blank, checks, state: why === 'nothing due' ? 'idle' : 'skipped', reason: why})
  }
  try {
    if (readStop(around.fleet.mcos, agent.name)) return await passOver('stopped')
    if (around.signal.aborted) return await passOver('interrupted')
    const view = await readAgentView(around.fleet, agent, options.committed)
    const state = peekBeatState(around.fleet, agent.name)
    const planned = await plan(view, state, {around, options})
    const why = whyNot(view, planned, {around, state})
    if (why) return await passOver(why, planned)
    const attempt = tryLock(around.fleet.mcos, agent.name, {clock: around.fleet.clock})
    if (!('lock' in attempt)) return await passOver('busy', planned)
    const beat = await beatUnderLock({view, around, options, lock: attempt.lock, blank})
    if (typeof beat === 'string') return await passOver(beat, planned)
    return 'lock' in beat ? {kind: 'turn', ...beat} : finish(beat)
  } catch (error) {
    const checks = await listSections(around.fleet, agent, {isForced: options.isForced, why: 'the beat failed'})
    return finish(failedReport({...blank, checks}, error))
  }
}

interface UnderLock {
  readonly view: AgentView
  readonly around: Surroundings
  readonly options: BeatOptions
  readonly lock: Lock
  readonly blank: AgentReport
}

/** The report of a beat that is over, the turn it leads to, or why it ends without a look. */
async function beatUnderLock(held: UnderLock): Promise<AgentReport | PreparedTurn | 'stopped' | 'interrupted'> {
  const {view, around, lock, blank} = held
  let keepsLock = false
  const renewal = keepAlive(lock)
  try {
    const state = readOwnBeatState(around.fleet, view.agent.name) ?? rebuildState(around.fleet, view)
    const planned = await plan(view, state, held)
    const findings = await findNews({view, state, planned, around, lock})
    if (readStop(around.fleet.mcos, view.agent.name)) return 'stopped'
    // Probes that were called off have seen nothing; what was done about an outage is on disk already.
    if (around.signal.aborted) return 'interrupted'
    const turn = await prepareTurn({...held, planned, findings, state: state ?? NEW_BEAT_STATE})
    if (turn) {
      keepsLock = true
      return turn
    }
    saveIdle(held, {state, planned, findings})
    return {
      ...blank,
      ...idleReason(planned, findings),
      checks: reportChecks(planned, {...findings, answered: NONE, canJudge: canJudge(around)}),
    }
  } finally {
    clearInterval(renewal)
    if (!keepsLock) lock.release()
  }
}

async function plan(
  {heartbeat, planKey}: AgentView,
  state: BeatState | null,
  {around, options}: Pick<UnderLock, 'around' | 'options'>,
): Promise<readonly PlannedCheck[]> {
  const {clock, home} = around.fleet
  const facts = {now: clock.now(), zone: home.config.timezone, isForced: options.isForced, planKey}
  return planDue(heartbeat.checks, state ?? NEW_BEAT_STATE, facts)
}

/** Why a beat ends before it takes the lock; null when there is something to look at. */
function whyNot(
  {soul, planKey}: AgentView,
  planned: readonly PlannedCheck[],
  {around, state}: {around: Surroundings; state: BeatState | null},
): string | null {
  if (soul?.host && soul.host !== around.fleet.host) return 'not-here'
  const scheduled = planned.filter(({check}) => check.kind === 'check' && !check.off)
  if (scheduled.length === 0) return 'no-checks'
  // What a new plan says goes into the memory first: from when a slot counts, and when to look again.
  const isNoted = state?.planKey === planKey && scheduled.every(({mark}) => mark === null)
  return isNoted && !scheduled.some(({due}) => due) ? 'nothing due' : null
}

/** A lock that is lost meanwhile is found lost by the next write under it. */
function keepAlive(lock: Lock): NodeJS.Timeout {
  const renew = (): void => {
    try {
      if (lock.isHeld()) lock.renew()
    } catch (error) {
      if (!isUserError(error)) throw error
    }
  }
  return setInterval(renew, RENEW_EVERY_MS).unref()
}

function saveIdle(
  {view, around, lock}: UnderLock,
  {state, planned, findings}: {state: BeatState | null; planned: readonly PlannedCheck[]; findings: Findings},
): void {
  const {tended, deferred} = findings
  const results = {now: around.fleet.clock.now(), planKey: view.planKey, planned, tended, answered: NONE, deferred}
  writeBeatState(around.fleet, view.agent.name, nextState(state ?? NEW_BEAT_STATE, results), {
    staging: lock.staging,
    sync: false,
  })
}

function idleReason(
  planned: readonly PlannedCheck[],
  {isQuiet, deferred, questions}: Findings,
): Pick<AgentReport, 'state' | 'reason'> {
  if (!planned.some(({due}) => due)) return {state: 'idle', reason: 'nothing due'}
  const isSilenced =
    isQuiet && (deferred.length > 0 || planned.every(({due, check}) => !due || check.probes.length === 0))
  if (isSilenced) return {state: 'skipped', reason: 'quiet'}
  const waiting = questions.length
  if (waiting === 0) return {state: 'idle', reason: 'no news'}
  return {state: 'idle', reason: `no news; ${waiting} ${waiting === 1 ? 'check waits' : 'checks wait'} for an engine`}
}

const NONE: ReadonlySet<string> = new Set()
