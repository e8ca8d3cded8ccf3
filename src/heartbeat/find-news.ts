import {readInbox} from '../bus/inbox.js'
import type {Question} from '../engines/engine.js'
import type {NewsItem} from '../engines/news.js'
import {readTrust} from '../guard/trust.js'
import {isQuiet} from '../schedule/quiet.js'
import type {Triaged} from '../turn/triage/triage.js'
import {knowDay} from '../workspace/local-time.js'
import {type BeatState, checkStateOf, NEW_BEAT_STATE, type Outage} from './beat-state.js'
import type {FindFacts} from './find-facts.js'
import {type MailEyes, openMailEyes} from './mail-eyes.js'
import {gatherNews, isUrgent} from './news.js'
import type {TendedCheck} from './outage-case.js'
import {tendOutages} from './outages.js'
import type {PlannedCheck} from './plan-due.js'
import {writeBeatState} from './state-store.js'
import {canJudge} from './surroundings.js'
import {survey} from './survey.js'

/** What an agent's beat found, before anything is done about it. */
export interface Findings {
  readonly tended: readonly TendedCheck[]
  /** News to act on now. */
  readonly news: readonly NewsItem[]
  /** News that waits for the end of the quiet hours. */
  readonly deferred: readonly NewsItem[]
  /** What an engine that can judge may be asked now: judgement that is due, and what is news. */
  readonly questions: readonly Question[]
  readonly isQuiet: boolean
  readonly inbox: ReturnType<typeof readInbox>
  /** What was triaged in this beat; null: no check has asked for mail. */
  readonly triaged: Triaged | null
}

/** Looks at the world for every due check, deals with what is broken, and sorts what is news. */
export async function findNews(facts: FindFacts): Promise<Findings> {
  const {planned, around} = facts
  const {quiet} = facts.view.heartbeat
  const {clock, home} = around.fleet
  if (quiet) await knowDay(around.fleet, clock.now(), quiet.zone ?? home.config.timezone)
  const {inbox, mail, tend} = openEyes(facts)
  const due = planned.filter((one) => one.due)
  const tended = await tend(due)
  const found = await sortNews(due, tended, {facts, inbox, mail})
  const hasTurn = found.news.length > 0 || (found.questions.length > 0 && canJudge(facts.engines))
  const joining = hasTurn ? planned.filter(({joins}) => joins) : []
  if (joining.length === 0) return found
  const all = [...tended, ...(await tend(joining))]
  const inFileOrder = planned.flatMap(({check}) => all.find((one) => one.check.id === check.id) ?? [])
  return sortNews([...due, ...joining], inFileOrder, {facts, inbox, mail})
}

type Inbox = Findings['inbox']

/** One look at the inbox and one memory of outages for the whole beat, whatever joins it later. */
function openEyes(facts: FindFacts): {
  inbox: Inbox
  mail: MailEyes
  tend(checks: readonly PlannedCheck[]): Promise<readonly TendedCheck[]>
} {
  const {view, around, planned} = facts
  const {home, clock, mcos} = around.fleet
  const mayAsk = planned.some(
    ({due, joins, check}) => (due || joins) && check.probes.some(({word}) => word === 'inbox'),
  )
  const inbox = readInbox(home, view.agent, {now: clock.now(), boxes: mayAsk ? ['new'] : []})
  const state = facts.state ?? NEW_BEAT_STATE
  const mail = openMailEyes(facts)
  const trust = readTrust(mcos)
  const tend = async (checks: readonly PlannedCheck[]) => {
    await mail.look(checks)
    const tending = {view, state, trust, inbox, mail: mail.sight(), around, remember: outageKeeper(facts, state)}
    return Promise.all((await survey(checks, tending)).map((one) => tendOutages(one, tending)))
  }
  return {inbox, mail, tend}
}

async function sortNews(
  asked: readonly PlannedCheck[],
  tended: readonly TendedCheck[],
  {facts, inbox, mail}: {facts: FindFacts; inbox: Inbox; mail: MailEyes},
): Promise<Findings> {
  const {fleet} = facts.around
  const all = gatherNews(tended, {inbox, mail: await mail.news()})
  const told = new Set(all.map(({check}) => check))
  const judged = asked.filter(({check}) => check.probes.length === 0 || told.has(check.id))
  const canWait = all.some((item) => !isUrgent(item)) || judged.length > 0
  const quiet = canWait && isQuiet(facts.view.heartbeat.quiet, fleet.clock.now(), fleet.home.config.timezone)
  return {
    tended,
    inbox,
    triaged: mail.triaged(),
    news: quiet ? all.filter(isUrgent) : all,
    // Mail is kept for a model by itself; that its check has run stands, also in quiet hours.
    deferred: quiet ? all.filter((item) => !isUrgent(item) && item.kind !== 'mail') : [],
    questions: quiet ? [] : judged.map(({check}) => ({check: check.id, title: check.title, prose: check.prose})),
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
    const before = checkStateOf(known, check)
    const after = {...before, outages: {...before.outages, [probe]: outage}}
    known = {...known, checks: {...known.checks, [check]: after}}
    writeBeatState(around.fleet, view.agent.name, known, {staging: lock.staging, sync: true})
  }
}
