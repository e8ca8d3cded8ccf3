import type {Action, Law, Verdict} from '../../guard/action.js'
import {contractVersion} from '../../guard/approvals/contract-version.js'
import {planRequest} from '../../guard/approvals/plan-request.js'
import {approvalsOnDisk, readApprovals} from '../../guard/approvals/read-approvals.js'
import {stateOf} from '../../guard/approvals/state-of.js'
import {partInFolder} from '../../guard/paths.js'
import {answerKeysOf} from '../../guard/people/open-person.js'
import {isUserError} from '../../kit/errors.js'
import {newTurnId} from '../../kit/ids.js'
import {BadCall} from '../../turn/bad-call.js'
import {isMemory} from '../../turn/tools/files.js'
import {refuseSecrets} from '../../turn/tools/secrets.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {foldName} from '../../workspace/names.js'
import {record} from '../record.js'
import type {HookEvent} from './event.js'

/** A call of a host that nobody but a person can allow, and what was decided of it. */
export interface Waiting {
  readonly call: HookEvent
  readonly action: Action
  readonly verdict: Verdict
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly law: Law
  readonly taint: readonly string[]
}

/**
 * Asks a person for a call that can't wait itself, as a turn would: after a yes the same is done once, by code, at the
 * agent's next beat. Returns what the model is told of it; null: it is no call that code could make in the host's place.
 */
export function fileRequest(waiting: Waiting): string | null {
  const {fleet, agent, law, action, verdict, taint} = waiting
  const args = ownCallFor(waiting)
  if (args === null || law.contract === null) return null
  try {
    refuseSecrets(Object.values(args.input).join('\n'), fleet)
    const version = contractVersion(law.contract)
    const authority = {
      now: fleet.clock.now(),
      people: fleet.home.config.people,
      keys: answerKeysOf(fleet.mcos),
      contractOf: () => version,
    }
    const known = readApprovals(approvalsOnDisk(fleet.home.files)).found.filter(
      ({request}) => request.agent === agent.name,
    )
    const why = verdict.rule === null ? verdict.reason : `${verdict.reason} (${verdict.rule})`
    const planned = planRequest(
      {
        agent: agent.name,
        turn: newTurnId(fleet.clock),
        verb: verbForPeople(waiting),
        target: action.target,
        args,
        contract: version,
        why,
        taint,
      },
      {known, clock: fleet.clock, state: (approval) => stateOf(approval, authority)},
    )
    if (planned.kind === 'refused') return planned.reason
    if (planned.kind === 'known') return SAID[planned.status](planned.id)
    const author = {name: agent.name, email: `${agent.name}@${fleet.home.config.name}.mcos`}
    record(fleet, {subject: `${agent.name} asks a person`, changes: [planned.change], agent: agent.name, author})
    return SAID.waiting(planned.id)
  } catch (error) {
    // Without a request it is still a no, and its reason stands.
    if (error instanceof BadCall || isUserError(error)) return null
    throw error
  }
}

const SAID = {
  waiting: (id: string) => `pending approval ${id}: a person answers with mcos approve yes ${id}`,
  approved: (id: string) => `a person said yes, approval ${id}: it is done once, at the next beat`,
  refused: (id: string) => `a person said no, approval ${id}; don't ask again`,
} as const

/** The same in the words of our own tools: only what they do exactly so can be done later. */
function ownCallFor({call, action}: Waiting): {tool: string; input: Readonly<Record<string, string>>} | null {
  if (action.verb === 'run') return {tool: 'run', input: {command: action.target}}
  const isWhole = call.tool === 'Write' || call.tool === 'write_file'
  if (!isWhole || action.verb !== 'write' || action.content === undefined || isMemory(action.target)) return null
  return {tool: 'write', input: {path: action.target, content: action.content}}
}

/** What people have domains for. */
function verbForPeople({action: {verb, target}, verdict, agent}: Waiting): string {
  if (verdict.rule !== null || verb !== 'write') return verb
  if (/^wiki\//.test(foldName(target))) return 'wiki.write'
  return /^memory(?:\.md$|\/)/.test(foldName(partInFolder(target, agent) ?? '')) ? 'memory.write' : verb
}
