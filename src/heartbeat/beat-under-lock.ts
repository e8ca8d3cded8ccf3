import {readStop} from '../guard/stop.js'
import {watchStop} from '../guard/stop-watch.js'
import {keepAlive} from '../kit/keep-alive.js'
import {type Lock, tryLock} from '../kit/lock.js'
import type {CarriedOut} from '../turn/carry-out-approved.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, NEW_BEAT_STATE} from './beat-state.js'
import {reportChecks} from './check-reports.js'
import {type Findings, findNews} from './find-news.js'
import {nextState} from './next-state.js'
import {type BeatOptions, planBeat} from './plan-beat.js'
import type {PlannedCheck} from './plan-due.js'
import {type PreparedTurn, prepareTurn} from './prepare-turn.js'
import {rebuildState} from './rebuild-state.js'
import {usageReport} from './record-turn.js'
import type {AgentReport} from './report.js'
import {readOwnBeatState, writeBeatState} from './state-store.js'
import {canJudge, type Surroundings} from './surroundings.js'

export interface DueBeat {
  readonly view: AgentView
  readonly around: Surroundings
  readonly options: BeatOptions
  readonly blank: AgentReport
}

interface UnderLock extends DueBeat {
  readonly lock: Lock
}

/** What a beat comes to: its report, the turn it leads to, or why it ends without a look. */
type Outcome = AgentReport | PreparedTurn | 'busy' | 'stopped' | 'interrupted'

/** The part of a beat that only one process at a time may do for an agent: look, decide, remember. */
export async function beatUnderLock(due: DueBeat): Promise<Outcome> {
  const {mcos, clock} = due.around.fleet
  const attempt = tryLock(mcos, due.view.agent.name, {clock})
  return 'lock' in attempt ? beatWith({...due, lock: attempt.lock}) : 'busy'
}

async function beatWith(due: UnderLock): Promise<Outcome> {
  const {view, lock, blank} = due
  // Programs and waits of this beat end with a stop as they do with an interruption.
  const watch = watchStop(due.around.fleet.mcos, view.agent.name, due.around.signal)
  const {signal} = watch
  const around = {...due.around, signal, sleep: (ms: number) => due.around.sleep(ms, signal)}
  const held = {...due, around}
  let keepsLock = false
  const letGo = keepAlive(lock)
  try {
    around.listen({kind: 'look', agent: view.agent.name})
    const state = readOwnBeatState(around.fleet, view.agent.name) ?? rebuildState(around.fleet, view)
    const planned = await planBeat(view, state, held)
    const engines = await around.route({name: view.agent.name, soul: view.soul})
    const carried = await carryAnswered(held)
    const found = await findNews({view, state, planned, around, lock, engines, trigger: due.options.trigger})
    // What a model is to hear of it keeps until the quiet hours are over.
    const findings = found.isQuiet ? found : {...found, news: [...carried.news, ...found.news]}
    if (readStop(around.fleet.mcos, view.agent.name)) return 'stopped'
    // Probes that were called off have seen nothing; what was done about an outage is on disk already.
    if (around.signal.aborted) return 'interrupted'
    const turn = await prepareTurn({...held, engines, planned, findings, state: state ?? NEW_BEAT_STATE})
    if (turn) {
      keepsLock = true
      return turn
    }
    saveIdle(held, {state, planned, findings})
    return {
      ...blank,
      ...(carried.turn === null ? idleReason(planned, findings) : workedReason(carried)),
      ...triageReport(findings.triaged),
      checks: reportChecks(planned, {...findings, answered: NONE, canJudge: canJudge(engines), waiting: []}),
    }
  } finally {
    watch.close()
    letGo()
    if (!keepsLock) lock.release()
  }
}

/** What people have answered meanwhile; nothing of it is loaded where nobody has. */
async function carryAnswered({view, around, options, lock}: UnderLock): Promise<CarriedOut> {
  const ids = options.answered?.get(view.agent.name) ?? []
  if (ids.length === 0) return {news: [], turn: null, commit: null}
  const {fleet, signal} = around
  const {carryApproved} = await import('./carry-approved.js')
  const carried = await carryApproved({fleet, view, trigger: options.trigger, lock, signal, ids})
  const unseen = carried.news.filter(({outcome}) => outcome === 'unseen')
  if (unseen.length > 0) await (await import('./approval-notices.js')).noticeUnseen(unseen, view.agent, around)
  return carried
}

function workedReason({news, commit}: CarriedOut): Pick<AgentReport, 'state' | 'reason' | 'commit' | 'engine'> {
  const said = news.map(({id, outcome}) => `approval ${id}: ${outcome}`).join('; ')
  return {state: 'worked', reason: said, commit, engine: 'rules'}
}

/** What triage alone has come to; absent where it found nothing. */
function triageReport(triaged: Findings['triaged']): Partial<AgentReport> {
  const [commit] = triaged?.commits.slice(-1) ?? []
  if (!triaged || commit === undefined) return {}
  const {lines, messages, chosen} = triaged
  const usage = chosen === null ? {} : usageReport(chosen.usage)
  return {
    state: 'worked',
    reason: lines.join('; '),
    commit,
    engine: chosen?.engine ?? 'rules',
    messages,
    ...usage,
  }
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
