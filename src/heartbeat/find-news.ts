import {readInbox} from '../bus/inbox.js'
import type {Question} from '../engines/engine.js'
import type {NewsItem} from '../engines/news.js'
import {readTrust} from '../guard/trust.js'
import type {Lock} from '../kit/lock.js'
import {isQuiet} from '../schedule/quiet.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, NEW_BEAT_STATE, NEW_CHECK_STATE, type Outage} from './beat-state.js'
import {gatherNews, isUrgent} from './news.js'
import type {TendedCheck} from './outage-case.js'
import {tendOutages} from './outages.js'
import type {PlannedCheck} from './plan-due.js'
import {writeBeatState} from './state-store.js'
import type {Surroundings} from './surroundings.js'
import {survey} from './survey.js'

/** What an agent's beat found, before anything is done about it. */
export interface Findings {
  readonly tended: readonly TendedCheck[]
  /** News to act on now. */
  readonly news: readonly NewsItem[]
  /** Checks whose news waits for the end of the quiet hours. */
  readonly deferred: ReadonlySet<string>
  /** Judgement that is due and may be asked for now. */
  readonly questions: readonly Question[]
  readonly isQuiet: boolean
  readonly inbox: ReturnType<typeof readInbox>
}

export interface FindFacts {
  readonly view: AgentView
  readonly state: BeatState | null
  readonly planned: readonly PlannedCheck[]
  readonly around: Surroundings
  readonly lock: Lock
}

/** Looks at the world for every due check, deals with what is broken, and sorts what is news. */
export async function findNews(facts: FindFacts): Promise<Findings> {
  const due = facts.planned.filter((one) => one.due)
  const first = await lookAt(due, facts)
  const isWorking = first.news.length > 0
  const joining = isWorking ? facts.planned.filter(({joins}) => joins) : []
  if (joining.length === 0) return first
  const more = await lookAt(joining, facts)
  return {
    ...first,
    tended: [...first.tended, ...more.tended],
    news: [...first.news, ...more.news],
    deferred: new Set([...first.deferred, ...more.deferred]),
    questions: [...first.questions, ...more.questions],
  }
}

async function lookAt(due: readonly PlannedCheck[], facts: FindFacts): Promise<Findings> {
  const {view, around} = facts
  const {fleet} = around
  const now = fleet.clock.now()
  const asksInbox = due.some(({check}) => check.probes.some(({word}) => word === 'inbox'))
  const inbox = readInbox(fleet.home, view.agent, {now, boxes: asksInbox ? ['new'] : []})
  const state = facts.state ?? NEW_BEAT_STATE
  const remember = outageKeeper(facts, state)
  const surveyFacts = {view, state, trust: readTrust(fleet.mcos), inbox, around}
  const surveyed = await survey(due, surveyFacts)
  const tended = await Promise.all(surveyed.map((one) => tendOutages(one, {...surveyFacts, remember})))
  const all = gatherNews(tended, inbox)
  const asked = due.filter(({check}) => check.probes.length === 0)
  const canWait = all.some((item) => !isUrgent(item)) || asked.length > 0
  const quiet = canWait && isQuiet(view.heartbeat.quiet, now, fleet.home.config.timezone)
  const news = quiet ? all.filter(isUrgent) : all
  return {
    tended,
    inbox,
    news,
    deferred: new Set(all.filter((item) => !news.includes(item)).map(({check}) => check)),
    questions: quiet ? [] : asked.map(({check}) => ({check: check.id, title: check.title, prose: check.prose})),
    isQuiet: quiet,
  }
}

/** Writes each outage down before anything is done about it; a beat killed in between finds it again. */
function outageKeeper(
  {view, around, lock}: FindFacts,
  state: BeatState,
): (check: string, probe: string, outage: Outage) => void {
  let known = state
  return (check, probe, outage) => {
    const before = known.checks[check] ?? NEW_CHECK_STATE
    const after = {...before, outages: {...before.outages, [probe]: outage}}
    known = {...known, checks: {...known.checks, [check]: after}}
    writeBeatState(around.fleet, view.agent.name, known, {staging: lock.staging, sync: true})
  }
}
