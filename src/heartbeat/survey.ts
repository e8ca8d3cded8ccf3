import type {InboxView} from '../bus/inbox.js'
import {mayFetch, mayRead} from '../guard/may.js'
import {isTrusted, type Trust} from '../guard/trust.js'
import {type MailSight, PROBE_TIMEOUT_MS, type Probe} from '../probes/probe.js'
import {type ReadAllContext, readAll, type Sighting} from '../probes/read-all.js'
import type {ProbeCall} from '../schedule/check.js'
import type {AgentView} from './agent-view.js'
import {type BeatState, type CheckState, checkStateOf} from './beat-state.js'
import type {PlannedCheck} from './plan-due.js'
import {PROBES} from './probe-list.js'
import type {Surroundings} from './surroundings.js'

/** A due check with what its probes saw. */
export interface SurveyedCheck extends PlannedCheck {
  readonly before: CheckState
  readonly sightings: readonly Sighting[]
  readonly ms: number
}

export interface SurveyFacts {
  readonly view: AgentView
  readonly state: BeatState
  readonly trust: Trust
  readonly inbox: InboxView
  /** What triage has come to; null: nothing was triaged. */
  readonly mail: MailSight | null
  readonly around: Surroundings
}

/** Asks the probes of every due check, all side by side. */
export function survey(due: readonly PlannedCheck[], facts: SurveyFacts): Promise<SurveyedCheck[]> {
  return Promise.all(
    due.map(async (planned) => {
      const started = facts.around.fleet.clock.now()
      const before = checkStateOf(facts.state, planned.check.id)
      const sightings = await look(planned, planned.check.probes, {...facts, before, isAgain: false})
      return {...planned, before, sightings, ms: facts.around.fleet.clock.now() - started}
    }),
  )
}

interface LookFacts extends SurveyFacts {
  readonly before: CheckState
  /** Whether the beat has asked them before. */
  readonly isAgain: boolean
}

/** Reads these calls of a check once. */
async function look(
  {check}: PlannedCheck,
  calls: readonly ProbeCall[],
  {view, trust, inbox, mail, around, before, isAgain}: LookFacts,
): Promise<Sighting[]> {
  if (calls.length === 0) return []
  const {fleet, signal} = around
  const {agent, contract} = view
  const law = await view.law()
  const probes = await Promise.all([...new Set(calls.map(({word}) => word))].map(loadProbe))
  const context: ReadAllContext = {
    home: fleet.home.files,
    agent,
    contract,
    clock: fleet.clock,
    env: fleet.env,
    signal,
    timeoutMs: check.timeoutMs ?? PROBE_TIMEOUT_MS,
    isTrusted: (kind, text) => isTrusted(trust, {agent: agent.name, kind, text}),
    mayFetch: (host) => mayFetch(law, host),
    mayRead: (path) => mayRead(law, path),
    inbox: () => inbox,
    mail: () => mail,
    timeSources: around.timeSources,
    previousOf: ({key}) => before.readings[key] ?? null,
    begun: ({text}) => around.listen({kind: 'begun', agent: agent.name, what: text}),
    seen: (sighting, ms) => tell(sighting, ms, {check, agent: agent.name, isAgain, listen: around.listen}),
  }
  return readAll(
    calls,
    probes.filter((probe) => probe !== null),
    context,
  )
}

/** To whoever watches, as each probe ends. */
function tell(
  {call, reading, status, news}: Sighting,
  ms: number,
  {
    check,
    agent,
    isAgain,
    listen,
  }: {check: PlannedCheck['check']; agent: string; isAgain: boolean; listen: Surroundings['listen']},
): void {
  const {word, text} = call
  listen({kind: 'over', agent, what: text})
  const {id, title} = check
  listen({kind: 'probe', agent, check: id, title, word, probe: text, status, news, detail: reading.detail, ms, isAgain})
}

async function loadProbe(word: string): Promise<Probe | null> {
  return (await PROBES[word]?.()) ?? null
}

/** Asks the one probe again: after a recovery, or when an outage may have passed by itself. */
export async function lookAgain(
  sighting: Sighting,
  {surveyed, facts}: {surveyed: SurveyedCheck; facts: SurveyFacts},
): Promise<Sighting> {
  const [again] = await look(surveyed, [sighting.call], {...facts, before: surveyed.before, isAgain: true})
  return again ?? sighting
}
