import path from 'node:path'
import {insistOnNoCollisions} from '../fleet/collisions.js'
import {writePrivateKeys} from '../fleet/identities.js'
import {planAgent} from '../fleet/init-agent.js'
import {planFleet} from '../fleet/init-fleet.js'
import {findOwner, nameFrom} from '../fleet/owner.js'
import {insistOnNoFleet, insistOnOrdinaryFolder, makePlace, openPlace} from '../fleet/place.js'
import {type FleetTemplate, readFleetTemplate} from '../fleet/read-template.js'
import {openShipped} from '../fleet/shipped.js'
import {planMadeHere} from '../guard/trust.js'
import {initRepository, insistOnGitHere} from '../history/init.js'
import {hasJournal} from '../history/journal.js'
import {recoverJournals} from '../history/recover.js'
import {type Clock, systemClock} from '../kit/clock.js'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import type {Change} from '../workspace/change.js'
import {CONFIG_FILE, findHome} from '../workspace/home.js'
import {parseAgentName} from '../workspace/names.js'
import {parseConfig} from '../workspace/parse-config.js'
import {openFleet} from './fleet.js'
import {futureFleet, pathsIn, zoneHere} from './new-fleet.js'
import {record} from './record.js'

export interface Surroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
}

/** What `mcos init fleet` made. */
export interface FleetMade {
  readonly fleet: string
  readonly home: string
  readonly template: string
  readonly agents: readonly string[]
  readonly people: readonly string[]
  readonly files: readonly string[]
  readonly commit: string | null
  /** Whether the home lies in a repository that was there before. */
  readonly repository: 'new' | 'existing'
  /** Whether an earlier run that was cut short has been finished instead. */
  readonly finished: boolean
}

/** What `mcos init agent` made. */
export interface AgentMade {
  readonly agent: string
  readonly path: string
  readonly template: string
  readonly reports_to: string | null
  readonly files: readonly string[]
  readonly commit: string | null
  /** The home that had to be made first; null when there was one. */
  readonly fleet: FleetMade | null
}

export interface FleetWish {
  /** undefined: the current folder. */
  readonly dir?: string | undefined
  readonly template: string
  readonly name?: string | undefined
  readonly person?: string | undefined
}

export interface AgentWish {
  readonly home?: string | undefined
  readonly name: string
  readonly template: string
  readonly role?: string | undefined
  readonly reportsTo?: string | undefined
}

/** A fleet home where there was none: repository, files, keys, one commit. Nothing is written when anything is in the way. */
export async function initFleet(wish: FleetWish, around: Surroundings): Promise<FleetMade> {
  return makeFleet({...wish, template: readFleetTemplate(openShipped(), wish.template)}, around)
}

/** One workspace more, in a commit of its own; in a place without a fleet that is made first. */
export async function initAgent(wish: AgentWish, around: Surroundings): Promise<AgentMade> {
  const name = parseAgentName(wish.name)
  const isFirst = !hasHome(wish.home, around)
  if (isFirst && wish.reportsTo !== undefined) throw nobodyYet(wish.reportsTo)
  const made = isFirst ? await makeFleet({dir: undefined, template: NO_AGENTS}, around) : null
  const fleet = await openFleet({...(wish.home === undefined ? {} : {home: wish.home}), ...around})
  recoverJournals(fleet.home.dir, fleet)
  const plan = planAgent(openShipped(), fleet.home, {...wish, name})
  writePrivateKeys(fleet.home.files, plan.privateKeys)
  const {commit} = record(fleet, {subject: `Add ${name}`, changes: plan.changes, agent: name})
  return {
    agent: name,
    path: plan.path,
    template: wish.template,
    reports_to: plan.reportsTo,
    files: pathsIn(plan.changes),
    commit,
    fleet: made,
  }
}

function nobodyYet(reportsTo: string): UserError {
  return new UserError(`There is no fleet here yet, so nobody is called ${JSON.stringify(reportsTo)}.`, {
    code: 'NO_AGENT',
    fix: 'mcos init fleet --template mission-control',
    exit: EXIT.usage,
  })
}

/** For a home whose agents come by themselves. */
export const NO_AGENTS: FleetTemplate = {name: 'none', agents: [], copy: null, ignore: []}

export interface FleetMaking extends Omit<FleetWish, 'template'> {
  readonly template: FleetTemplate
  /** What the first commit is to hold instead of what the template says. */
  readonly dress?: (changes: readonly Change[]) => readonly Change[]
}

/** The same from a template that is no shipped one, or with files of the person's choosing. */
export async function makeFleet(wish: FleetMaking, around: Surroundings): Promise<FleetMade> {
  const {clock = systemClock} = around
  const dir = path.resolve(around.cwd, wish.dir ?? '.')
  if (wish.dir === undefined) insistOnOrdinaryFolder(dir, around.env)
  const existing = openPlace(dir)
  if (existing) {
    const finished = finishEarlierRun(existing, wish.template, clock)
    if (finished) return finished
    insistOnNoFleet(existing)
  }
  const {template} = wish
  const name = wish.name === undefined ? nameFrom(path.basename(dir), 'fleet') : parseAgentName(wish.name)
  const owner = findOwner(
    wish.person,
    template.agents.map((agent) => agent.name),
  )
  const shipped = planFleet(openShipped(), existing, {template, name, owner, timezone: zoneHere()})
  const plan = {...shipped, changes: wish.dress?.(shipped.changes) ?? shipped.changes}
  if (existing) insistOnNoCollisions(existing, plan.changes)
  insistOnGitHere()
  const files = existing ?? makePlace(dir)
  const {isNew} = initRepository(files.dir)
  writePrivateKeys(files, plan.privateKeys)
  const fleet = futureFleet(files, plan.changes, {clock, env: around.env})
  const {commit} = record(fleet, {
    subject: `Begin the fleet ${fleet.home.config.name}`,
    changes: plan.changes,
    local: [planMadeHere(fleet.mcos)],
  })
  return {
    fleet: fleet.home.config.name,
    home: files.dir,
    template: wish.template.name,
    agents: plan.agents,
    people: plan.people,
    files: pathsIn(plan.changes),
    commit,
    repository: isNew ? 'new' : 'existing',
    finished: false,
  }
}

/** A run that was killed in its commit is finished from its journal, and that was all this run was asked for. */
function finishEarlierRun(existing: Folder, template: FleetTemplate, clock: Clock): FleetMade | null {
  if (!hasJournal(existing.dir)) return null
  const [recovered] = recoverJournals(existing.dir, {clock})
  const configText = existing.readText(CONFIG_FILE)
  if (!recovered || configText === null) return null
  const config = parseConfig(configText, CONFIG_FILE, {name: path.basename(existing.dir)})
  return {
    fleet: config.name,
    home: existing.dir,
    template: template.name,
    agents: config.agents ? Object.keys(config.agents) : existing.list('workspaces').map(({name}) => name),
    people: Object.keys(config.people),
    files: [],
    commit: recovered.commit,
    repository: 'existing',
    finished: true,
  }
}

function hasHome(home: string | undefined, {cwd, env}: Surroundings): boolean {
  try {
    findHome({home, cwd, env})
    return true
  } catch (error) {
    const isNamed = home !== undefined || Boolean(env['MCOS_HOME'])
    if (isUserError(error) && error.code === 'NO_FLEET' && !isNamed) return false
    throw error
  }
}
