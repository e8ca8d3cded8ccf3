import {contractVersion} from '../guard/approvals/contract-version.js'
import {approvalsOnDisk, readApprovals} from '../guard/approvals/read-approvals.js'
import {answerKeysOf} from '../guard/people/open-person.js'
import type {Lock} from '../kit/lock.js'
import {type CarriedOut, carryOutApproved} from '../turn/carry-out-approved.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import type {Fleet} from '../workspace/fleet.js'
import type {AgentView} from './agent-view.js'
import {commitPart} from './commit-part.js'

export interface CarryFacts {
  readonly fleet: Fleet
  readonly view: AgentView
  readonly trigger: string
  /** The agent's own. */
  readonly lock: Lock
  readonly signal: AbortSignal
  readonly ids: readonly string[]
}

/** Carries out what people have answered, each as a turn of its own; read again, as an answer may be newer than the look before. */
export async function carryApproved({fleet, view, trigger, lock, signal, ids}: CarryFacts): Promise<CarriedOut> {
  const {agent, contract, soul} = view
  const version = contractVersion(contract)
  const {found} = readApprovals(approvalsOnDisk(fleet.home.files), ids)
  const law = await view.law()
  return carryOutApproved({
    fleet,
    agent,
    contract,
    law,
    signal,
    pending: found.filter(({request}) => request.agent === agent.name),
    authority: {
      now: fleet.clock.now(),
      people: fleet.home.config.people,
      keys: answerKeysOf(fleet.mcos),
      contractOf: () => version,
    },
    openTools: async () =>
      (await import('../turn/approved-tools.js')).openApprovedTools({fleet, agent, contract, law, signal}),
    commit: async (plan) => commitPart(await safe(plan, fleet, soul), {fleet, agent, trigger, lock}),
  })
}

/** What a program or a server has answered may hold a secret, and goes into a log. */
async function safe(plan: TurnPlan, fleet: Fleet, soul: AgentView['soul']): Promise<TurnPlan> {
  const [{redactor}, {withoutSecrets}, {withoutRarerSecrets}, {ownValuesOf}] = await Promise.all([
    import('../turn/redact.js'),
    import('../turn/redact-plan.js'),
    import('../turn/model-secrets.js'),
    import('../turn/own-secrets.js'),
  ])
  return withoutRarerSecrets(withoutSecrets(plan, redactor({secrets: ownValuesOf(fleet, soul)})), fleet)
}
