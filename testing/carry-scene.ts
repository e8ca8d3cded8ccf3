import {contractVersion} from '../src/guard/approvals/contract-version.js'
import {approvalsOnDisk, readApprovals} from '../src/guard/approvals/read-approvals.js'
import {unsettledApprovals} from '../src/guard/approvals/unsettled.js'
import {answerKeysOf} from '../src/guard/people/open-person.js'
import {commitPart} from '../src/heartbeat/commit-part.js'
import {readCommittedLaw} from '../src/heartbeat/committed-law.js'
import {readContract} from '../src/heartbeat/read-contract.js'
import {readLaw} from '../src/heartbeat/read-law.js'
import {tryLock} from '../src/kit/lock.js'
import {BadCall} from '../src/turn/bad-call.js'
import {type CarriedOut, carryOutApproved} from '../src/turn/carry-out-approved.js'
import type {Tool} from '../src/turn/tool.js'
import {writeTool} from '../src/turn/tools/write-file.js'
import {findAgent} from '../src/workspace/agents.js'
import type {ApprovalScene} from './approval-scene.js'

/** Where the process dies: while it carries something out. */
export type Death = 'before-mark' | 'after-mark' | 'before-effect' | 'after-effect' | 'before-result'

/** As a killed process leaves it. */
class Killed extends Error {}

/** What a carrying out may end with. */
export interface CarryOptions {
  readonly death?: Death | null
  /** Other tools than those for deploying and writing. */
  tools?(die: (at: Death) => void): readonly Tool[]
}

/** The world outside: everything that was really deployed, with the key it came with. */
export interface Outside {
  readonly deployed: {readonly target: string; readonly key: string | undefined}[]
}

/** An effect outside of the fleet, for a contract that asks about `deploy`. */
export function deployTool(outside: Outside, die: (at: Death) => void): Tool {
  return {
    name: 'deploy',
    description: 'Deploy.',
    takes: {target: {type: 'string'}},
    verbOf: () => 'deploy',
    targetOf: ({target}) => String(target),
    perform({target}, {idempotencyKey}) {
      die('before-effect')
      if (target === 'impossible') throw new BadCall('the server says no')
      outside.deployed.push({target: String(target), key: idempotencyKey})
      die('after-effect')
      return {text: `deployed ${target}`, changes: [], line: `deployed ${target}`, messages: []}
    },
  }
}

/** One carrying out of all that is open for donna, as a beat does it, which may die on the way. */
export async function carryIn(
  scene: ApprovalScene,
  outside: Outside,
  {death = null, tools = (die) => [deployTool(outside, die), writeTool]}: CarryOptions = {},
): Promise<CarriedOut | 'killed'> {
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  const committed = readCommittedLaw(fleet, [agent])
  const found = await readContract(fleet, agent, committed)
  const law = await readLaw(fleet, agent, {...found, committed})
  const version = contractVersion(found.contract)
  const held = tryLock(fleet.mcos, agent.name, {clock: fleet.clock})
  if (!('lock' in held)) throw new Error('the agent is busy')
  const die = (at: Death): void => {
    if (at === death) throw new Killed(at)
  }
  let commits = 0
  try {
    return await carryOutApproved({
      fleet,
      agent,
      contract: found.contract,
      law,
      signal: new AbortController().signal,
      pending: readApprovals(approvalsOnDisk(fleet.home.files), unsettledApprovals(fleet.home.files, fleet.mcos)).found,
      authority: {
        now: fleet.clock.now(),
        people: fleet.home.config.people,
        keys: answerKeysOf(fleet.mcos),
        contractOf: () => version,
      },
      openTools: async () => ({tools: tools(die), close: async () => undefined}),
      async commit(plan) {
        die(commits === 0 ? 'before-mark' : 'before-result')
        const done = await commitPart(plan, {fleet, agent, trigger: 'heartbeat', lock: held.lock})
        if (commits++ === 0) die('after-mark')
        return done
      },
    })
  } catch (error) {
    if (error instanceof Killed) return 'killed'
    throw error
  } finally {
    held.lock.release()
  }
}
