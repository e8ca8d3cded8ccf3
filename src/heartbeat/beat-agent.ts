import {readStop} from '../guard/stop.js'
import {newTurnId} from '../kit/ids.js'
import type {AgentEntry} from '../workspace/agents.js'
import {readPark} from '../workspace/park.js'
import {type AgentView, readAgentView} from './agent-view.js'
import type {BeatState} from './beat-state.js'
import {blankReport, failedReport} from './blank-report.js'
import {reportUnseen} from './check-reports.js'
import {listSections} from './list-sections.js'
import {type BeatOptions, planBeat} from './plan-beat.js'
import type {PlannedCheck} from './plan-due.js'
import type {PreparedTurn} from './prepare-turn.js'
import type {AgentReport} from './report.js'
import {peekBeatState} from './state-store.js'
import type {Surroundings} from './surroundings.js'

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
    if (readPark(around.fleet.home.files, agent)) return await passOver('parked')
    if (around.signal.aborted) return await passOver('interrupted')
    const view = await readAgentView(around.fleet, agent, options.committed)
    const state = peekBeatState(around.fleet, agent.name)
    const planned = await planBeat(view, state, {around, options})
    const why = options.answered?.has(agent.name) ? whyNotHere(view, around) : whyNot(view, planned, {around, state})
    if (why) return await passOver(why, planned)
    // All that follows is code of its own, which a beat with nothing due never loads.
    const {beatUnderLock} = await import('./beat-under-lock.js')
    const beat = await beatUnderLock({view, around, options, blank})
    if (typeof beat === 'string') return await passOver(beat, planned)
    return 'lock' in beat ? {kind: 'turn', ...beat} : finish(beat)
  } catch (error) {
    const checks = await listSections(around.fleet, agent, {isForced: options.isForced, why: 'the beat failed'})
    return finish(failedReport({...blank, checks}, error))
  }
}

/** Why a beat ends before it takes the lock; null when there is something to look at. */
function whyNot(
  {soul, planKey}: AgentView,
  planned: readonly PlannedCheck[],
  {around, state}: {around: Surroundings; state: BeatState | null},
): string | null {
  const away = whyNotHere({soul}, around)
  if (away) return away
  const scheduled = planned.filter(({check}) => check.kind === 'check' && !check.off)
  if (scheduled.length === 0) return 'no-checks'
  // What a new plan says goes into the memory first: from when a slot counts, and when to look again.
  const isNoted = state?.planKey === planKey && scheduled.every(({mark}) => mark === null)
  return isNoted && !scheduled.some(({due}) => due) ? 'nothing due' : null
}

function whyNotHere({soul}: Pick<AgentView, 'soul'>, {fleet}: Surroundings): string | null {
  return soul?.host && soul.host !== fleet.host ? 'not-here' : null
}
