import type {Engine} from '../../engines/engine.js'
import {readStop} from '../../guard/stop.js'
import {type AgentView, readAgentView} from '../../heartbeat/agent-view.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {canJudge} from '../../heartbeat/surroundings.js'
import {mayNeedRecovery} from '../../history/leftover.js'
import {recoverJournals} from '../../history/recover.js'
import {findRepository} from '../../history/repository.js'
import {insistOnReady} from '../../history/repository-state.js'
import {EXIT, UserError} from '../../kit/errors.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {TaskKind} from '../engines/open-route.js'
import type {Seat} from './seat.js'

/** An agent that may begin: what its contract says, and whom it asks. */
export interface Ready {
  readonly view: AgentView
  readonly engines: readonly Engine[]
}

/** Everything that keeps a turn by hand from beginning is said before a model is asked, with what helps. */
export async function getReady({fleet, agent, route}: Seat, kind?: TaskKind): Promise<Ready> {
  const view = await getReadyView(fleet, agent)
  const engines = await route({name: agent.name, soul: view.soul}, kind)
  if (!canJudge(engines)) throw noEngine(agent.name, fleet)
  return {view, engines}
}

/** The same where no engine is needed. */
export async function getReadyView(fleet: Fleet, agent: AgentEntry): Promise<AgentView> {
  insistOnGo(fleet, agent.name)
  const head = insistOnRepository(fleet)
  const view = await readAgentView(fleet, agent, readCommittedLaw(fleet, [agent], head))
  const host = view.soul?.host
  if (host && host !== fleet.host) throw notHere(agent.name, host, fleet.host)
  return view
}

function insistOnGo({mcos}: Fleet, agent: string): void {
  const stop = readStop(mcos, agent)
  if (!stop) return
  const isFleet = stop.scope === 'fleet'
  throw new UserError(`${isFleet ? 'The fleet' : agent} is stopped, so ${agent} does nothing.`, {
    code: 'STOPPED',
    fix: isFleet ? 'mcos resume' : `mcos resume ${agent}`,
    exit: EXIT.refused,
  })
}

/** What a killed process had begun is finished first, as a beat does. */
function insistOnRepository({home, clock}: Fleet): string | null {
  const repository = findRepository(home.dir)
  const {head} = insistOnReady(repository)
  if (!mayNeedRecovery(home.dir)) return head
  recoverJournals(home.dir, {clock})
  return insistOnReady(repository).head
}

function notHere(agent: string, host: string, here: string): UserError {
  return new UserError(`${agent} runs on ${host} only, and this is ${here}.`, {
    code: 'NOT_HERE',
    fix: `Run it on ${host}, or change "host:" in its SOUL.md and: mcos commit`,
  })
}

function noEngine(agent: string, {home}: Fleet): UserError {
  const isAny = Object.keys(home.config.engines).length > 0
  return new UserError(`${agent} has no engine that could do this: its route is the rules alone.`, {
    code: 'NO_ENGINE',
    fix: isAny
      ? ['Name one in mcos.yaml under routes: default: [NAME]', 'mcos config show']
      : [
          'Add to mcos.yaml:  engines: { claude: { kind: anthropic, model: claude-sonnet-5-5, key: env:ANTHROPIC_API_KEY } }',
          'and:  routes: { default: [claude] }',
        ],
  })
}
