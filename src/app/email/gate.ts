import {readStop} from '../../guard/stop.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {agentPaths, findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {passGate} from '../gate.js'
import type {ActsFor} from '../speaker.js'
import type {NamedAccount} from './choose.js'

/**
 * Whoever has mail sorted, changed or put back comes through here: a stop holds for people, too, and an agent's contract
 * has to speak of mail. Stopped accounts are left out by the triage itself, as long as others go on.
 */
export async function passMailGate(fleet: Fleet, chosen: readonly NamedAccount[], actor: ActsFor): Promise<void> {
  const agents = [...new Set(chosen.map(({account}) => account.agent))]
  const stopped = agents.filter((agent) => readStop(fleet.mcos, agent) !== null)
  if (readStop(fleet.mcos, null) !== null || (agents.length > 0 && stopped.length === agents.length))
    throw stands(fleet, stopped[0] ?? null)
  if (actor.kind === 'person' || actor.by === 'person') return
  await passGate(fleet, actor, null)
  await insistOnMailWord(fleet, actor.name)
}

function stands({mcos}: Fleet, agent: string | null): UserError {
  const isFleet = readStop(mcos, null) !== null
  return new UserError(`${isFleet ? 'The fleet' : agent} is stopped, so nobody touches its mail.`, {
    code: 'STOPPED',
    fix: isFleet ? 'mcos resume' : `mcos resume ${agent}`,
    exit: EXIT.refused,
  })
}

async function insistOnMailWord(fleet: Fleet, name: string): Promise<void> {
  const agent = findAgent(fleet.home, name)
  const [{readLawAnyhow}, {readCommittedLaw}] = await Promise.all([
    import('../../heartbeat/read-law.js'),
    import('../../heartbeat/committed-law.js'),
  ])
  const {contract, trouble} = await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
  const mayMail = [...(contract?.may ?? []), ...(contract?.ask ?? [])].some((word) => word.startsWith('mail.'))
  if (trouble === null && mayMail) return
  throw new UserError(`${name} has no word for mail in its contract${trouble === null ? '' : `: ${trouble}`}.`, {
    code: 'REFUSED',
    fix: `A person may add mail.label or the like under may: in ${agentPaths(agent).soul}; it counts after: mcos commit`,
    exit: EXIT.refused,
  })
}
