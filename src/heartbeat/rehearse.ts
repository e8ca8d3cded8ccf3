import {readStop} from '../guard/stop.js'
import {isUserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {readPark} from '../workspace/park.js'
import {type AgentView, readAgentView} from './agent-view.js'
import {NEW_BEAT_STATE} from './beat-state.js'
import {blankReport, failedReport} from './blank-report.js'
import {sectionOf} from './check-reports.js'
import {type CommittedLaw, readCommittedLaw} from './committed-law.js'
import {type PlannedCheck, planDue} from './plan-due.js'
import {rebuildState} from './rebuild-state.js'
import type {AgentReport, CheckReport, HeartbeatReport} from './report.js'
import {readBeatState} from './state-store.js'

export interface Rehearsal {
  readonly report: HeartbeatReport
  /** Readings that are not certain, each with its place. */
  readonly guesses: readonly {readonly place: string; readonly guess: string}[]
}

interface Rehearsed {
  readonly report: AgentReport
  readonly guesses: Rehearsal['guesses']
}

/** What a heartbeat would find due, and what it made of each section; it looks at nothing and changes nothing. */
export async function rehearse(
  agents: readonly AgentEntry[],
  fleet: Fleet,
  {isForced}: {isForced: boolean},
): Promise<Rehearsal> {
  const committed = readCommittedLaw(fleet, agents)
  const rehearsed: Rehearsed[] = []
  for (const agent of agents) rehearsed.push(await rehearseAgent(agent, fleet, {isForced, committed}))
  return {
    report: {
      fleet: fleet.home.config.name,
      host: fleet.host,
      at: new Date(fleet.clock.now()).toISOString(),
      agents: rehearsed.map(({report}) => report),
    },
    guesses: rehearsed.flatMap(({guesses}) => guesses),
  }
}

async function rehearseAgent(
  agent: AgentEntry,
  fleet: Fleet,
  {isForced, committed}: {isForced: boolean; committed: CommittedLaw},
): Promise<Rehearsed> {
  const blank = blankReport(agent, newTurnId(fleet.clock))
  try {
    const view = await readAgentView(fleet, agent, committed)
    const memory = readBeatState(fleet, agent.name) ?? rebuildState(fleet, view) ?? NEW_BEAT_STATE
    const facts = {now: fleet.clock.now(), zone: fleet.home.config.timezone, isForced, planKey: view.planKey}
    // Worked out anew: a rehearsal shows why, and not that an earlier beat has worked it out.
    const planned = await planDue(view.heartbeat.checks, {...memory, planKey: null}, facts)
    const due = planned.filter((one) => one.due).length
    const skipped = whySkipped(fleet, view)
    const state = skipped ? ('skipped' as const) : blank.state
    const reason = skipped ?? (due === 0 ? 'nothing due' : `${due} due`)
    return {report: {...blank, state, reason, checks: planned.map(rehearseCheck)}, guesses: guessesOf(view)}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {report: failedReport(blank, error), guesses: []}
  }
}

/** What a real beat would pass this agent over for. */
function whySkipped(fleet: Fleet, {agent, soul}: AgentView): 'stopped' | 'parked' | 'not-here' | null {
  if (readStop(fleet.mcos, agent.name)) return 'stopped'
  if (readPark(fleet.home.files, agent)) return 'parked'
  return soul?.host && soul.host !== fleet.host ? 'not-here' : null
}

function rehearseCheck(planned: PlannedCheck): CheckReport {
  const {check, due, why} = planned
  const detail = check.guess === null ? why : `${why}; guessed: ${check.guess}`
  return {
    ...sectionOf(planned),
    status: statusOf(planned),
    news: false,
    detail: due ? `${detail}${work(planned)}` : detail,
    ms: 0,
  }
}

function statusOf({check, due}: PlannedCheck): CheckReport['status'] {
  if (check.kind !== 'check') return 'context'
  if (check.off) return 'off'
  if (!due) return 'not-due'
  return check.probes.length === 0 ? 'waiting-for-engine' : 'same'
}

function work({check: {probes, recover}}: PlannedCheck): string {
  const asks = probes.map(({text}) => text)
  if (asks.length === 0) return '; asks the model'
  return `; asks ${asks.join(', ')}${recover ? `; recover: ${recover.text}` : ''}`
}

function guessesOf({agent, heartbeat}: AgentView): Rehearsal['guesses'] {
  return heartbeat.checks.flatMap(({guess, line, title}) =>
    guess === null ? [] : [{place: `${agentPaths(agent).heartbeat}:${line}`, guess: `${title}: ${guess}`}],
  )
}
