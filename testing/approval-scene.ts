import {chmodSync} from 'node:fs'
import {answerApproval, type GivenAnswer} from '../src/app/approvals/answer.js'
import {openAuthority} from '../src/app/approvals/authority.js'
import {listApprovals} from '../src/app/approvals/list.js'
import {contractVersion} from '../src/guard/approvals/contract-version.js'
import {type Ask, planRequest} from '../src/guard/approvals/plan-request.js'
import {approvalsOnDisk, readApprovals} from '../src/guard/approvals/read-approvals.js'
import {stateOf} from '../src/guard/approvals/state-of.js'
import {openPerson, setPassphrase} from '../src/guard/people/open-person.js'
import {readCommittedLaw} from '../src/heartbeat/committed-law.js'
import {readContract} from '../src/heartbeat/read-contract.js'
import {newTurnId} from '../src/kit/ids.js'
import {findAgent} from '../src/workspace/agents.js'
import type {ApprovalState} from '../src/workspace/approval-file.js'
import {openScene, type Scene, type SceneOptions} from './heartbeat-scene.js'

export const WORDS = 'a boiler in the attic'
/** As slow as a test can wait for. */
const COST = {n: 2 ** 10, r: 8, p: 1}

const PEOPLE =
  'people:\n  ada: { approves: [all], via: [terminal] }\n  ben: { approves: [mail, memory], via: ["telegram:777"] }\n'

/** A fleet in which people can be asked. */
export interface ApprovalScene extends Scene {
  /** A request of donna's as a turn of hers commits it; its id. */
  raise(ask?: Partial<Ask>): Promise<string>
  /** As that person would at a terminal, or with `via` over a channel. */
  answer(id: string, answer?: 'yes' | 'no', more?: Partial<GivenAnswer>): ReturnType<typeof answerApproval>
  statusOf(id: string): Promise<ApprovalState['status'] | null>
}

/** Opens it; ada and ben have set up their passphrases. */
export function openApprovalScene({
  files = {},
  people = PEOPLE,
  ...options
}: SceneOptions & {readonly people?: string} = {}): ApprovalScene {
  const scene = openScene({...options, files: {'mcos.yaml': `version: 1\nname: northwind\n${people}`, ...files}})
  return withApprovals(scene)
}

/** The same in a fleet that is open already. */
export function withApprovals<S extends Scene>(scene: S): S & ApprovalScene {
  const setUp = async (): Promise<void> => {
    const {mcos, clock} = await scene.open()
    for (const name of ['ada', 'ben']) {
      if (mcos.stat(`people/${name}.json`)) continue
      setPassphrase(mcos, {name, passphrase: WORDS, old: null, now: clock.now(), cost: COST})
      chmodSync(`${mcos.dir}/people/${name}.json`, 0o600)
    }
  }
  return {
    ...scene,
    async raise(more = {}) {
      const fleet = await scene.open()
      const agent = findAgent(fleet.home, more.agent ?? 'donna')
      const {contract} = await readContract(fleet, agent, readCommittedLaw(fleet, [agent]))
      const ask: Ask = {
        agent: agent.name,
        turn: newTurnId(scene.clock),
        verb: 'write',
        target: 'workspaces/donna/letter.md',
        args: {tool: 'write', input: {path: 'workspaces/donna/letter.md', content: 'Dear Ms Bell\n'}},
        contract: contractVersion(contract),
        why: 'a person says yes to write each time',
        taint: [],
        ...more,
      }
      const known = readApprovals(approvalsOnDisk(fleet.home.files)).found
      const authority = await openAuthority(fleet, known)
      const planned = planRequest(ask, {known, clock: scene.clock, state: (approval) => stateOf(approval, authority)})
      if (planned.kind === 'refused') throw new Error(planned.reason)
      if (planned.kind === 'new' && planned.change.kind === 'write') {
        scene.write(planned.change.path, planned.change.content)
        scene.commitAll()
      }
      return planned.id
    },
    async answer(id, answer = 'yes', more = {}) {
      await setUp()
      const fleet = await scene.open()
      const by = more.by ?? 'ada'
      const via = more.via ?? 'terminal'
      const person =
        via === 'terminal'
          ? {person: openPerson(fleet.mcos, {name: by, passphrase: WORDS, now: scene.clock.now()})}
          : {}
      return answerApproval(fleet, {id, answer, by, via, ...person, ...more})
    },
    async statusOf(id) {
      const {approvals} = await listApprovals(await scene.open(), {all: true})
      return approvals.find((row) => row.id === id)?.status ?? null
    },
  }
}
