import {publicKeyPath} from '../bus/keys.js'
import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {findAgent, listAgents} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {CONFIG_FILE, type Home} from '../workspace/home.js'
import {parseAgentName} from '../workspace/names.js'
import {insistOnNoCollisions} from './collisions.js'
import {type IdentityPlan, planIdentities} from './identities.js'
import {planListing} from './listing.js'
import {holdsFiles} from './move-folder.js'
import {planWorkspace} from './plan-workspace.js'
import {findLead, formatTeam, readTeam} from './team.js'

export interface AgentOrder {
  readonly name: string
  readonly template: string
  readonly role?: string | undefined
  /** undefined: whoever leads the fleet. */
  readonly reportsTo?: string | undefined
}

export interface AgentPlan extends IdentityPlan {
  readonly path: string
  readonly reportsTo: string | null
}

/** One workspace more: its files, its keys, and its line in mcos.yaml where agents are listed there. */
export function planAgent(shipped: Folder, home: Home, order: AgentOrder): AgentPlan {
  const name = parseAgentName(order.name)
  insistOnFreeName(home, name)
  const team = readTeam(home.files, listAgents(home))
  const lead = order.template === 'orchestrator' ? null : findLead(team)
  const reportsTo = order.reportsTo === undefined ? lead : findAgent(home, order.reportsTo).name
  const path = `workspaces/${name}`
  const keys = planIdentities(home.files, [name])
  const changes: Change[] = [
    ...planWorkspace(shipped, {
      name,
      path,
      template: order.template,
      role: order.role,
      reportsTo,
      fleet: home.config.name,
      person: Object.keys(home.config.people)[0] ?? 'the operator',
      team: formatTeam(team, {except: name}),
    }),
    ...planListing(home, {name, path}),
    ...keys.changes,
  ]
  insistOnNoCollisions(home.files, changes)
  return {path, reportsTo, changes, privateKeys: keys.privateKeys}
}

/** A name speaks for one agent or person only, also for one that has retired or is now called otherwise. */
export function insistOnFreeName(home: Home, name: string, {key}: {readonly key?: string | null} = {}): void {
  const taken = whoHas(home, name) ?? whoseKey(home, name, key ?? null)
  if (taken === null) return
  throw new UserError(`${name} is ${taken.who}.`, {
    code: 'NAME_TAKEN',
    fix: taken.fix ?? 'Choose another name; `mcos status` lists the ones in use.',
    exit: EXIT.usage,
  })
}

interface Taken {
  readonly who: string
  readonly fix?: string
}

function whoHas(home: Home, name: string): Taken | null {
  const agent = listAgents(home).find((entry) => entry.name === name)
  if (agent && holdsFiles(home.files, agent.path))
    return {who: `an agent of this fleet already, in ${agent.path === '.' ? home.dir : agent.path}`}
  if (Object.hasOwn(home.config.people, name)) return {who: `one of the people in ${CONFIG_FILE}`}
  if (holdsFiles(home.files, `retired/${name}`)) {
    const fix = `mcos init agent ${name}-2   # or bring it back: mcos history, then mcos undo of its turn "Retire"`
    return {who: `the name of a retired agent, kept in retired/${name}`, fix}
  }
  return null
}

/** Old messages verify by a kept key, so whoever took the name would be taken for their sender. */
function whoseKey(home: Home, name: string, own: string | null): Taken | null {
  const path = publicKeyPath(name)
  const kept = home.files.readText(path)
  if (kept === null || kept === own) return null
  return {
    who: `a name with a key of its own, ${path}: somebody was called so before`,
    fix: `Choose another name, or remove ${path} and run: mcos commit ${path}`,
  }
}
