import {planPark, planWake} from '../fleet/park.js'
import {recoverJournals} from '../history/recover.js'
import {cleanLine} from '../kit/text.js'
import {type AgentEntry, findAgent} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {readPark} from '../workspace/park.js'
import {record} from './record.js'
import {personHere} from './speaker.js'

/** Whether an agent is laid up now, and what the command made of it. */
export interface ParkState {
  readonly agent: string
  readonly parked: boolean
  readonly why: string | null
  /** Whether this command made a difference. */
  readonly changed: boolean
  /** null when git keeps nothing new of it. */
  readonly commit: string | null
  readonly turn: string | null
}

/** Who is to be laid up; the reason is for whoever finds it so. */
export interface ParkRequest {
  readonly agent: string
  readonly why: string | null
}

/** Lays an agent up, as a person's commit: no beat looks until it is woken; a turn that runs already ends as it would. */
export function parkAgent(fleet: Fleet, {agent: typed, why: said}: ParkRequest): ParkState {
  const why = said === null ? null : cleanLine(said)
  const agent = findAgent(fleet.home, typed)
  recoverJournals(fleet.home.dir, fleet)
  const before = readPark(fleet.home.files, agent)
  const when = new Date(fleet.clock.now()).toISOString()
  const changes = planPark(fleet.home.files, agent, {who: personHere(fleet.home), when, why})
  const recorded = recordOf(fleet, agent, {subject: `Park ${agent.name}`, body: why, changes})
  return {...stateOf(fleet, agent), changed: before === null || recorded.commit !== null, ...recorded}
}

/** Wakes an agent that was laid up, as a person's commit: what has waited in its folder is met by its next beat. */
export function wakeAgent(fleet: Fleet, typed: string): ParkState {
  const agent = findAgent(fleet.home, typed)
  recoverJournals(fleet.home.dir, fleet)
  const changes = planWake(fleet.home.files, agent)
  const recorded = recordOf(fleet, agent, {subject: `Wake ${agent.name}`, body: null, changes})
  return {...stateOf(fleet, agent), changed: changes.length > 0, ...recorded}
}

/** The same of several; a name that is none keeps all of them as they are. */
export function parkAgents(fleet: Fleet, typed: readonly string[], why: string | null): readonly ParkState[] {
  return namesOf(fleet, typed).map((agent) => parkAgent(fleet, {agent, why}))
}

/** The same of several; a name that is none keeps all of them as they are. */
export function wakeAgents(fleet: Fleet, typed: readonly string[]): readonly ParkState[] {
  return namesOf(fleet, typed).map((agent) => wakeAgent(fleet, agent))
}

/** Tells whoever works with a parked agent by hand that it is parked: a person's own hand may go on. */
export function noticePark({home}: Fleet, agent: AgentEntry, notice: (text: string) => void): void {
  const park = readPark(home.files, agent)
  if (park === null) return
  const why = park.why === null ? '' : `: ${park.why}`
  notice(`${agent.name} is parked${why}. This is by your hand; its beats wait for: mcos fleet wake ${agent.name}`)
}

function namesOf({home}: Fleet, typed: readonly string[]): readonly string[] {
  return [...new Set(typed.map((name) => findAgent(home, name).name))]
}

function recordOf(
  fleet: Fleet,
  {name}: AgentEntry,
  {
    subject,
    body,
    changes,
  }: {readonly subject: string; readonly body: string | null; readonly changes: readonly Change[]},
): Pick<ParkState, 'commit' | 'turn'> {
  if (changes.length === 0) return {commit: null, turn: null}
  const {commit, turn} = record(fleet, {subject, ...(body === null ? {} : {body}), changes, agent: name})
  return {commit, turn: commit === null ? null : turn}
}

function stateOf({home}: Fleet, agent: AgentEntry): Pick<ParkState, 'agent' | 'parked' | 'why'> {
  const park = readPark(home.files, agent)
  return {agent: agent.name, parked: park !== null, why: park?.why ?? null}
}
