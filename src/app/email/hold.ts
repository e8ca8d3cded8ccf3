import type {Engine} from '../../engines/engine.js'
import type {AgentView} from '../../heartbeat/agent-view.js'
import {commitPart} from '../../heartbeat/commit-part.js'
import type {Surroundings} from '../../heartbeat/surroundings.js'
import {pause} from '../../kit/pause.js'
import {isQuiet} from '../../schedule/quiet.js'
import type {TriageInput} from '../../turn/triage/triage-input.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openRoute} from '../engines/open-route.js'
import {saveParsedCache} from '../fleet.js'
import {aroundSeat} from '../run/around-seat.js'
import {holdAgent} from '../run/hold-agent.js'
import {getReadyView} from '../run/ready.js'
import {type Seat, takeSeat, type Watch} from '../run/seat.js'

/** Work on an agent's mail that is asked for by hand. */
export interface MailWork {
  readonly agent: AgentEntry
  readonly accounts: Readonly<Record<string, MailAccount>>
  readonly isApplied: boolean
  /** Whether a model of the route may be asked. */
  readonly hasModel: boolean
}

/** Does it under the agent's lock, so that no beat reads the same mail meanwhile; null: it was interrupted while it waited. */
export async function underLock<T>(
  fleet: Fleet,
  work: MailWork,
  {watch, act}: {readonly watch: Watch; act(input: TriageInput, around: Surroundings): Promise<T>},
): Promise<T | null> {
  const {agent} = work
  const view = await getReadyView(fleet, agent)
  const seat = takeSeat(fleet, agent, watch)
  const engines = work.hasModel ? await openRoute(fleet, {name: agent.name, soul: view.soul}, 'triage') : []
  const held = await holdAgent(seat)
  if (held === null) return null
  try {
    const {lock} = held
    const commit: TriageInput['commit'] = (plan, local) =>
      commitPart(plan, {fleet, agent, trigger: 'email', lock, local})
    return await act(await inputOf(work, {seat, view, engines, commit}), aroundSeat(seat))
  } finally {
    held.release()
    saveParsedCache(fleet)
  }
}

async function inputOf(
  {accounts, isApplied}: MailWork,
  {
    seat,
    view,
    engines,
    commit,
  }: {
    readonly seat: Seat
    readonly view: AgentView
    readonly engines: readonly Engine[]
    readonly commit: TriageInput['commit']
  },
): Promise<TriageInput> {
  const {fleet, agent, signal, listen} = seat
  const {clock, home} = fleet
  return {
    fleet,
    agent,
    contract: view.contract,
    law: await view.law(),
    soul: view.soul,
    accounts,
    engines,
    trigger: 'email',
    signal,
    isApplied,
    isQuiet: isQuiet(view.heartbeat.quiet, clock.now(), home.config.timezone),
    listen,
    sleep: (ms, until = signal) => pause(ms, until),
    commit,
  }
}
