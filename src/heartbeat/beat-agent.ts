import {readStop} from '../guard/stop.js'
import {isUserError, type UserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {type Lock, tryLock} from '../kit/lock.js'
import type {AgentEntry} from '../workspace/agents.js'
import {type AgentView, readAgentView} from './agent-view.js'
import type {BeatState} from './beat-state.js'
import {NEW_BEAT_STATE} from './beat-state.js'
import {reportChecks} from './check-reports.js'
import type {CommittedSouls} from './committed-souls.js'
import {type Findings, findNews} from './find-news.js'
import {nextState} from './next-state.js'
import {type PlannedCheck, planDue} from './plan-due.js'
import {type PreparedTurn, prepareTurn} from './prepare-turn.js'
import {rebuildState} from './rebuild-state.js'
import {type AgentReport, NO_TOKENS} from './report.js'
import {readBeatState, setAsideBeatState, writeBeatState} from './state-store.js'
import type {Surroundings} from './surroundings.js'

export interface BeatOptions {
  readonly isForced: boolean
  readonly trigger: string
  readonly committed: CommittedSouls
}

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
  try {
    const stop = readStop(around.fleet.mcos, agent.name)
    if (stop) return finish({...blank, state: 'skipped', reason: 'stopped'})
    const view = await readAgentView(around.fleet, agent, options.committed)
    const state = readBeatState(around.fleet, agent.name)
    const planned = await plan(view, state, {around, options})
    const checks = reportChecks(planned, NOTHING_SEEN)
    const reason = whyNot(view, planned, {around, state})
    if (reason) return finish({...blank, checks, state: reason === 'nothing due' ? 'idle' : 'skipped', reason})
    const attempt = tryLock(around.fleet.mcos, agent.name, {clock: around.fleet.clock})
    if (!('lock' in attempt)) return finish({...blank, checks, state: 'skipped', reason: 'busy'})
    return await beatUnderLock({view, around, options, lock: attempt.lock, blank}, finish)
  } catch (error) {
    if (!isUserError(error)) throw error
    return finish(
      failedReport(blank, error.code === 'STATE_CORRUPT' ? setAsideBeatState(around.fleet, agent.name, error) : error),
    )
  }
}

interface UnderLock {
  readonly view: AgentView
  readonly around: Surroundings
  readonly options: BeatOptions
  readonly lock: Lock
  readonly blank: AgentReport
}

async function beatUnderLock(held: UnderLock, finish: (report: AgentReport) => Beat): Promise<Beat> {
  const {view, around, lock, blank} = held
  let keepsLock = false
  const renewal = setInterval(() => lock.isHeld() && lock.renew(), 15_000)
  renewal.unref()
  try {
    const state = readBeatState(around.fleet, view.agent.name) ?? rebuildState(around.fleet, view)
    const planned = await plan(view, state, held)
    const findings = await findNews({view, state, planned, around, lock})
    if (readStop(around.fleet.mcos, view.agent.name)) return finish({...blank, state: 'skipped', reason: 'stopped'})
    const turn = await prepareTurn({...held, planned, findings, state: state ?? NEW_BEAT_STATE})
    if (turn) {
      keepsLock = true
      return {kind: 'turn', ...turn}
    }
    saveIdle(held, {state, planned, findings})
    return finish({
      ...blank,
      ...idleReason(planned, findings),
      checks: reportChecks(planned, {...findings, answered: NONE, canJudge: canJudge(around)}),
    })
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
    isQuiet && (deferred.size > 0 || planned.every(({due, check}) => !due || check.probes.length === 0))
  if (isSilenced) return {state: 'skipped', reason: 'quiet'}
  const waiting = questions.length
  if (waiting === 0) return {state: 'idle', reason: 'no news'}
  return {state: 'idle', reason: `no news; ${waiting} ${waiting === 1 ? 'check waits' : 'checks wait'} for an engine`}
}

function canJudge({engines}: Surroundings): boolean {
  return engines.some(({name}) => name !== 'rules')
}

const NONE: ReadonlySet<string> = new Set()
const NOTHING_SEEN = {tended: [], answered: NONE, isQuiet: false, canJudge: false}

export function blankReport(agent: AgentEntry, turn: string): AgentReport {
  return {
    agent: agent.name,
    state: 'idle',
    reason: '',
    turn,
    commit: null,
    engine: null,
    model_calls: 0,
    tokens: NO_TOKENS,
    cost_usd: 0,
    ms: 0,
    checks: [],
    alerts: [],
    messages: [],
    error: null,
  }
}

export function failedReport(report: AgentReport, error: UserError): AgentReport {
  const {code, message, suggestions} = error
  return {...report, state: 'failed', reason: message, error: {code, message, suggestions}}
}
