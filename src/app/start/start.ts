import path from 'node:path'
import {findName} from '../../fleet/adopt/find-name.js'
import {insistOnWorkspace} from '../../fleet/adopt/plan.js'
import {openShipped} from '../../fleet/shipped.js'
import type {AgentReport} from '../../heartbeat/report.js'
import {openFolder} from '../../kit/folder.js'
import {contentHash} from '../../kit/hash.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {type Adopted, adopt} from '../adopt.js'
import {openFleet} from '../fleet.js'
import {heartbeat} from '../heartbeat.js'
import {makeFleet, NO_AGENTS, type Surroundings} from '../init.js'
import {sendMessage} from '../messages.js'
import {record} from '../record.js'
import {withEngine} from './dress-config.js'
import {dressFleet} from './dress-fleet.js'
import {type Fact, firstLook} from './first-look.js'
import {type StartWish, templateOf} from './wish.js'

/** What `mcos init` made, and what its first heartbeat found. */
export interface Started {
  readonly fleet: string
  readonly home: string
  readonly agents: readonly string[]
  /** As mcos.yaml calls it; `rules` where no model was chosen. */
  readonly engine: string
  readonly adopted: Adopted | null
  /** Facts about what lies around, whether a probe calls them news or not. */
  readonly look: readonly Fact[]
  readonly beat: readonly AgentReport[]
  readonly commit: string | null
}

export interface StartSite extends Surroundings {
  readonly signal: AbortSignal
  /** Told what is being done, before it is done. */
  readonly progress?: (text: string) => void
}

/** A fleet from nothing, or round a workspace that is there, with its first heartbeat. What a kill leaves is whole: each step is one commit. */
export async function start(wish: StartWish, site: StartSite): Promise<Started> {
  const look = firstLook(wish.watch, {env: site.env, signal: site.signal, now: Date.now()})
  const {adopted, commit} = wish.adopt === null ? await begin(wish, site) : await beginWith(wish.adopt, wish, site)
  const facts = await look
  const fleet = await openFleet({home: wish.dir, cwd: site.cwd, env: site.env, ...clockOf(site)})
  const agents = listAgents(fleet.home).map(({name}) => name)
  const [first] = wish.adopt === null ? leadFirst(agents, wish) : []
  if (first !== undefined) await tellFirst(fleet, first, facts)
  const beat = await firstBeat(wish, site)
  const engine = wish.engine?.name ?? 'rules'
  return {fleet: fleet.home.config.name, home: fleet.home.dir, agents, engine, adopted, look: facts, beat, commit}
}

interface Begun {
  readonly adopted: Adopted | null
  readonly commit: string | null
}

async function begin(wish: StartWish, site: StartSite): Promise<Begun> {
  const template = templateOf(openShipped(), wish)
  const dress = (changes: Parameters<typeof dressFleet>[0]) =>
    dressFleet(changes, {agents: template.agents, wish, home: site.env['HOME']})
  const {commit} = await makeFleet({dir: wish.dir, template, dress}, site)
  return {adopted: null, commit}
}

/** A workspace becomes the fleet's first agent: copied into a new home, or in place where it is the home's own folder. */
async function beginWith(dir: string, wish: StartWish, site: StartSite): Promise<Begun> {
  const source = openFolder(dir)
  insistOnWorkspace(source)
  const isInPlace = path.resolve(dir) === wish.dir
  if (!isInPlace) {
    const dress = (changes: Parameters<typeof dressFleet>[0]) =>
      dressFleet(changes, {agents: [], wish, home: undefined})
    await makeFleet({dir: wish.dir, template: NO_AGENTS, dress}, site)
  }
  const name = wish.agent ?? findName(source)
  const mode = isInPlace ? 'in-place' : 'copy'
  const where = isInPlace ? {engineFollows: wish.engine !== null} : {home: wish.dir}
  const adopted = await adopt({dir, name, mode, dryRun: false, ...where}, site)
  if (isInPlace && wish.engine !== null) await giveEngine(wish, site)
  return {adopted, commit: adopted.commit}
}

async function giveEngine({dir, engine}: StartWish, site: StartSite): Promise<void> {
  if (engine === null) return
  const fleet = await openFleet({home: dir, cwd: site.cwd, env: site.env, ...clockOf(site)})
  const {configText} = fleet.home
  const content = withEngine(configText, engine)
  record(fleet, {
    subject: `Ask ${engine.name}`,
    changes: [{kind: 'write', path: CONFIG_FILE, content, expect: contentHash(configText)}],
  })
}

/** What was seen becomes the first message, so that the first beat has something to read and the log begins with facts. */
async function tellFirst(fleet: Fleet, to: string, facts: readonly Fact[]): Promise<void> {
  const text = facts.map((fact) => `- ${inWords(fact)}`).join('\n')
  const subject = subjectOf(facts)
  // A person sits there and waits for the answer: not even quiet hours put it off.
  await sendMessage(fleet, {to, subject, text, priority: 'urgent', commit: true}, {kind: 'person'})
}

/** What waits for somebody, in one line. */
function subjectOf(facts: readonly Fact[]): string {
  const [first, ...more] = facts.filter((fact) => fact.open)
  if (first === undefined) return cleanLine(shorten(`Nothing lies open. ${facts.map(inWords).join('; ')}`, 140))
  const rest = more.length === 0 ? '' : `, and ${more.length} more`
  return cleanLine(shorten(inWords(first), 120) + rest)
}

function inWords({about, text}: Fact): string {
  return `${about}: ${text}`
}

/** The one who leads comes first: in mission-control, jarvis. */
function leadFirst(agents: readonly string[], wish: StartWish): readonly string[] {
  const lead = templateOf(openShipped(), wish).agents[0]?.name
  return lead === undefined ? agents : [lead]
}

async function firstBeat(
  {dir, engine}: StartWish,
  {cwd, env, signal, progress}: StartSite,
): Promise<readonly AgentReport[]> {
  progress?.(engine === null ? 'The first heartbeat …' : `The first heartbeat, which asks ${engine.name} once …`)
  const request = {agents: [], all: true, force: false, dryRun: false, strict: false, home: dir}
  const {report} = await heartbeat(request, {cwd, env, signal})
  return report.agents
}

function clockOf({clock}: Surroundings): {clock?: NonNullable<Surroundings['clock']>} {
  return clock === undefined ? {} : {clock}
}
