import path from 'node:path'
import {ADOPTED_FILE, formatAdopted} from '../fleet/adopt/adopted-file.js'
import type {DraftContract, Proposal} from '../fleet/adopt/draft-contract.js'
import {planFlatHome} from '../fleet/adopt/in-place.js'
import type {LeftOut} from '../fleet/adopt/left-out.js'
import {insistOnWorkspace, planPlacing} from '../fleet/adopt/plan.js'
import type {Readiness} from '../fleet/adopt/readiness.js'
import {findTraces, type RuntimeTrace, viewMachine} from '../fleet/adopt/runtime.js'
import type {SecretFinding} from '../fleet/adopt/secrets.js'
import {closeStage, openStage, removeOriginals, stageFiles, stagingFolder} from '../fleet/adopt/stage.js'
import {type Survey, surveyWorkspace} from '../fleet/adopt/survey.js'
import {insistOnNoCollisions} from '../fleet/collisions.js'
import {planIdentities, writePrivateKeys} from '../fleet/identities.js'
import {insistOnFreeName} from '../fleet/init-agent.js'
import {planListing} from '../fleet/listing.js'
import {holdsFiles} from '../fleet/move-folder.js'
import {findOwner} from '../fleet/owner.js'
import {insistOnNoFleet} from '../fleet/place.js'
import {openShipped} from '../fleet/shipped.js'
import {planMadeHere} from '../guard/trust.js'
import {commitPaths} from '../history/commit-paths.js'
import {initRepository} from '../history/init.js'
import {personIdentity} from '../history/person.js'
import {recoverJournals} from '../history/recover.js'
import {repositoryState} from '../history/repository-state.js'
import {type Clock, systemClock} from '../kit/clock.js'
import {EXIT, UserError} from '../kit/errors.js'
import {type Folder, openFolder} from '../kit/folder.js'
import type {Lock} from '../kit/lock.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {parseAgentName} from '../workspace/names.js'
import {recordAdoption} from './adopt/record-adoption.js'
import {openFleet} from './fleet.js'
import type {Surroundings} from './init.js'
import {futureFleet, zoneHere} from './new-fleet.js'
import {type RecordResult, record} from './record.js'

export type AdoptMode = 'copy' | 'move' | 'in-place'

export interface AdoptWish {
  readonly dir: string
  readonly name?: string | undefined
  readonly mode: AdoptMode
  readonly dryRun: boolean
  readonly home?: string | undefined
  /** The home that is made in place gets an engine next, so that no check lacks one. */
  readonly engineFollows?: boolean
}

/** What an adoption did, or with `dry_run` would do. */
export interface Adopted {
  readonly agent: string
  readonly mode: AdoptMode
  readonly dry_run: boolean
  readonly source: string
  readonly home: string
  /** Relative to the home. */
  readonly path: string
  readonly files: number
  readonly bytes: number
  readonly left_out: readonly LeftOut[]
  /** What looks like a secret: on disk and not committed, or, with the commit, in the folder's own history already. */
  readonly secrets: readonly SecretFinding[]
  /** Originals that a move left where they were, since they changed on the way. */
  readonly stayed: number
  readonly old_runtime: readonly RuntimeTrace[]
  readonly warnings: readonly string[]
  readonly checks: readonly Readiness[]
  readonly asks_for: DraftContract & {readonly trust: readonly Proposal[]}
  readonly turn: string | null
  readonly commit: string | null
}

/** Takes a workspace as it is. What it asks for is drafted for a person, and nothing of it granted. */
export async function adopt(wish: AdoptWish, around: Surroundings): Promise<Adopted> {
  const source = openFolder(path.resolve(around.cwd, wish.dir))
  const name = wish.name === undefined ? undefined : parseAgentName(wish.name)
  insistOnWorkspace(source)
  const traces = findTraces(await viewMachine(around.env))
  const found = {source, name, traces}
  return wish.mode === 'in-place' ? adoptInPlace(wish, found, around) : adoptIntoFleet(wish, found, around)
}

interface Found {
  readonly source: Folder
  readonly name: string | undefined
  readonly traces: readonly RuntimeTrace[]
}

async function adoptIntoFleet(wish: AdoptWish, {source, name, traces}: Found, around: Surroundings): Promise<Adopted> {
  const fleet = await openFleet({...(wish.home === undefined ? {} : {home: wish.home}), ...around})
  const {home} = fleet
  insistOnApart(source.dir, home.dir)
  if (!wish.dryRun) recoverJournals(home.dir, fleet)
  const survey = surveyWorkspace(source, {name, hasEngine: hasEngine(fleet), keepsHistory: false})
  insistOnFreeName(home, survey.name)
  const to = `workspaces/${survey.name}`
  if (holdsFiles(home.files, to)) throw inTheWay(to)
  const base = {wish, survey, traces, source: source.dir, home: home.dir, path: to}
  if (wish.dryRun) return report(base)
  const lock = openStage(fleet)
  try {
    const recorded = copyInto(fleet, base, lock)
    const stayed = wish.mode === 'move' ? removeOriginals(source, survey.scan, {home: home.files, to}) : 0
    return {...report(base), stayed, ...recorded}
  } finally {
    closeStage(fleet, lock)
  }
}

/** Everything is put together aside first and then comes into its place as one commit. */
function copyInto(fleet: Fleet, base: Base, {staging}: Lock): RecordResult {
  const {home} = fleet
  const {survey, wish, path: to} = base
  const {name, scan} = survey
  const staged = stagingFolder(name)
  stageFiles(openFolder(base.source), scan, {home: home.files, staged, sync: wish.mode === 'move', staging})
  const keys = planIdentities(home.files, [name])
  writePrivateKeys(home.files, keys.privateKeys)
  const {committed, placed} = planPlacing(scan, {staged, to, held: heldFiles(survey)})
  const changes = [...committed, pageChange(base, fleet), ...planListing(home, {name, path: to}), ...keys.changes]
  return recordAdoption(fleet, {agent: name, source: base.source, changes, placed})
}

async function adoptInPlace(wish: AdoptWish, {source, name, traces}: Found, around: Surroundings): Promise<Adopted> {
  const {clock = systemClock, env} = around
  insistOnNoFleet(source)
  const survey = surveyWorkspace(source, {name, hasEngine: wish.engineFollows === true, keepsHistory: true})
  const base = {wish, survey, traces, source: source.dir, home: source.dir, path: '.'}
  const owner = findOwner(undefined, [survey.name])
  const plan = planFlatHome(openShipped(), source, {
    agent: survey.name,
    fleet: survey.name,
    owner,
    timezone: zoneHere(),
  })
  insistOnNoCollisions(source, plan.changes)
  if (wish.dryRun) return report(base)
  commitOriginal(source, survey, {clock, env})
  writePrivateKeys(source, plan.privateKeys)
  const fleet = futureFleet(source, plan.changes, {clock, env})
  const subject = `Adopt ${survey.name} in place`
  const changes = [...plan.changes, pageChange(base, fleet)]
  const recorded = record(fleet, {subject, agent: survey.name, changes, local: [planMadeHere(fleet.mcos)]})
  return {...report(base), ...recorded}
}

/** A folder without a history of its own begins one with what was in it, before anything is added. */
function commitOriginal(source: Folder, survey: Survey, {clock, env}: {clock: Clock; env: Surroundings['env']}): void {
  initRepository(source.dir)
  if (repositoryState(source.dir).head !== null) return
  const held = heldFiles(survey)
  const paths = survey.scan.files.map((file) => file.path).filter((file) => !held.has(file))
  commitPaths(source.dir, paths, `Keep ${survey.name} as it was before its adoption`, {
    clock,
    author: personIdentity(source.dir, env),
  })
}

interface Base {
  readonly wish: AdoptWish
  readonly survey: Survey
  readonly traces: readonly RuntimeTrace[]
  readonly source: string
  readonly home: string
  readonly path: string
}

function report({wish, survey, traces, source, home, path: folder}: Base): Adopted {
  const {name, scan, secrets, draft, trust, checks, warnings} = survey
  return {
    agent: name,
    mode: wish.mode,
    dry_run: wish.dryRun,
    source,
    home,
    path: folder,
    files: scan.files.length,
    bytes: scan.bytes,
    left_out: scan.leftOut,
    secrets,
    stayed: 0,
    old_runtime: traces,
    warnings,
    checks,
    asks_for: {...draft, trust},
    turn: null,
    commit: null,
  }
}

function pageChange({survey, source, traces, path: folder}: Base, {clock}: Pick<Fleet, 'clock'>): Change {
  const {name, scan, ...rest} = survey
  const date = new Date(clock.now()).toISOString().slice(0, 10)
  const content = formatAdopted({...rest, agent: name, source, date, leftOut: scan.leftOut, traces})
  return {kind: 'write', path: folder === '.' ? ADOPTED_FILE : `${folder}/${ADOPTED_FILE}`, content, expect: null}
}

/** What waits for a person before any commit has it: files that seem to hold a secret, and a contract that somebody else wrote. */
function heldFiles({secrets, bringsContract}: Survey): ReadonlySet<string> {
  return new Set([...secrets.map(({file}) => file), ...(bringsContract ? ['SOUL.md'] : [])])
}

function hasEngine({home}: Pick<Fleet, 'home'>): boolean {
  return (home.config.routes['default'] ?? []).some((engine) => engine !== 'rules')
}

function insistOnApart(source: string, home: string): void {
  const inner = path.relative(home, source)
  const outer = path.relative(source, home)
  const isInside = (relative: string) =>
    relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
  if (!isInside(inner) && !isInside(outer)) return
  throw new UserError(`${source} and the fleet ${home} lie inside one another, so nothing can be copied.`, {
    code: 'INSIDE_HOME',
    fix: isInside(outer)
      ? `mcos adopt ${source} --in-place`
      : `mcos commit ${inner}   # what lies under workspaces/ is an agent already`,
    exit: EXIT.usage,
  })
}

function inTheWay(folder: string): UserError {
  return new UserError(`${folder} is there already. Nothing was changed.`, {
    code: 'COLLISION',
    fix: 'Give another name: --name NAME',
    exit: EXIT.usage,
  })
}
