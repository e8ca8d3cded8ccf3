import type {Folder} from '../../kit/folder.js'
import type {Change} from '../../workspace/change.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {type IdentityPlan, planIdentities} from '../identities.js'
import {planFleet} from '../init-fleet.js'
import type {Owner} from '../owner.js'

export interface FlatHomeOrder {
  readonly agent: string
  readonly fleet: string
  readonly owner: Owner
  readonly timezone: string
}

/** What makes a workspace a one-agent home: mcos.yaml, guardrails, keys; its own files stay where and as they are. */
export function planFlatHome(shipped: Folder, source: Folder, order: FlatHomeOrder): IdentityPlan {
  const template = {name: 'none', agents: [], copy: null, ignore: []}
  const fleet = planFleet(shipped, source, {template, name: order.fleet, owner: order.owner, timezone: order.timezone})
  const own = planIdentities(source, [order.agent])
  return {
    privateKeys: [...fleet.privateKeys, ...own.privateKeys],
    changes: [...fleet.changes.map((change) => withAgent(change, order.agent)), ...own.changes],
  }
}

function withAgent(change: Change, agent: string): Change {
  if (change.kind !== 'write' || change.path !== CONFIG_FILE) return change
  return {...change, content: `${change.content.trimEnd()}\n\nagents:\n  ${agent}: { path: . }\n`}
}
