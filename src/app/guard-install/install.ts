import {mkdirSync} from 'node:fs'
import path from 'node:path'
import {readHead} from '../../history/read-head.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {type AgentEntry, findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {record} from '../record.js'
import {CODING_AGENTS, type CodingAgent, HOOK_DIALECTS} from './coding-agents.js'
import {applyGitHooks, type PlannedHook, planGitHooks, planGitHooksGone} from './git-hooks.js'
import {type Kept, readKept, writeKept} from './kept.js'
import {changeOf, type PlannedFile, planInstall, planUninstall} from './plan.js'
import {starterOf} from './starter.js'
import {findVoidSettings} from './void-settings.js'

export interface GuardWish {
  /** By name; none: every agent of this machine, for what is written names its programs by their places. */
  readonly agents: readonly string[]
  readonly hosts: readonly CodingAgent[]
  readonly git: boolean
  readonly dryRun: boolean
}

/** One settings file or hook, and what is done to it. */
export interface GuardedFile {
  /** null: it is the whole fleet's. */
  readonly agent: string | null
  readonly host: CodingAgent | 'git'
  /** From the home, or absolute where it lies elsewhere. */
  readonly file: string
  readonly change: 'made' | 'changed' | 'removed' | 'same'
  readonly before: string | null
  readonly after: string | null
}

/** What installing or uninstalling did, or with `dry_run` would do. */
export interface Guarded {
  readonly dry_run: boolean
  readonly files: readonly GuardedFile[]
  /** Settings by which a host would run no hook all the same. */
  readonly void: readonly {readonly agent: string; readonly file: string; readonly setting: string}[]
  /** Files that git doesn't keep, so that nothing of them was committed. */
  readonly uncommitted: readonly string[]
  readonly turn: string | null
  readonly commit: string | null
}

/** Puts the guard's hooks into each agent's settings of the hosts named, and into git. */
export async function installGuard(fleet: Fleet, wish: GuardWish): Promise<Guarded> {
  const [agents, starter, kept] = [await agentsOf(fleet, wish), starterOf(fleet), readKept(fleet)]
  insistOnAgents(agents, wish)
  const files = planInstall(fleet, {agents, hosts: wish.hosts}, {kept, starter})
  const hooks = wish.git ? planGitHooks(fleet, starter) : []
  return carryOut(fleet, {wish, agents, files, hooks, kept, subject: "Install the guard's hooks"})
}

/** Takes exactly the guard's hooks out again. */
export async function uninstallGuard(fleet: Fleet, wish: GuardWish): Promise<Guarded> {
  const [agents, kept] = [await agentsOf(fleet, wish), readKept(fleet)]
  const files = planUninstall(fleet, {agents, hosts: wish.hosts}, {kept})
  const hooks = wish.git ? planGitHooksGone(fleet) : []
  return carryOut(fleet, {wish, agents: [], files, hooks, kept, subject: "Uninstall the guard's hooks"})
}

interface Work {
  readonly wish: GuardWish
  /** Whose surroundings are looked at for what makes hooks void. */
  readonly agents: readonly AgentEntry[]
  readonly files: readonly PlannedFile[]
  readonly hooks: readonly PlannedHook[]
  readonly kept: Kept
  readonly subject: string
}

function carryOut(fleet: Fleet, work: Work): Guarded {
  const {wish, agents, files, hooks} = work
  const {home, env} = fleet
  const changed = files.filter(({before, after}) => before !== after)
  const loose = looseFiles(fleet, changed)
  const report = {
    dry_run: wish.dryRun,
    files: [...files.map(toGuarded), ...hooks.map((hook) => hookToGuarded(home.dir, hook))],
    void: agents.flatMap((agent) =>
      wish.hosts.flatMap((host) =>
        findVoidSettings({host, folder: path.join(home.dir, agent.path), env}).map((found) => ({
          agent: agent.name,
          ...found,
        })),
      ),
    ),
    uncommitted: loose.map(({file}) => file),
  }
  if (wish.dryRun) return {...report, turn: null, commit: null}
  // First what the files were: a process that dies behind this has written nothing that could not be taken back.
  writeKept(fleet, {...work.kept, ...Object.fromEntries(changed.flatMap(keptOf))})
  for (const change of loose.flatMap(changeOf)) {
    if (change.kind === 'write') home.files.write(change.path, change.content, {expect: change.expect ?? null})
    if (change.kind === 'remove') home.files.remove(change.path)
  }
  const changes = changed.filter((file) => !loose.includes(file)).flatMap(changeOf)
  const recorded = changes.length === 0 ? {turn: null, commit: null} : recordHooks(fleet, work, changes)
  for (const {file} of hooks) mkdirSync(path.dirname(file), {recursive: true})
  applyGitHooks(hooks)
  forgetGone(fleet, work)
  return {...report, ...recorded}
}

/** What has no hooks any more needs no memory, and a folder that only held them goes with them. */
function forgetGone(fleet: Fleet, {files, kept}: Work): void {
  const gone = files.filter(({original}) => original === undefined).map(({file}) => file)
  if (gone.length === 0) return
  writeKept(fleet, Object.fromEntries(Object.entries(kept).filter(([file]) => !gone.includes(file))))
  for (const {file, after} of files) if (after === null) fleet.home.files.removeFolder(path.posix.dirname(file))
}

function recordHooks(fleet: Fleet, {subject, files}: Work, changes: ReturnType<typeof changeOf>) {
  const touched = files.filter(({before, after}) => before !== after)
  const names = [...new Set(touched.map(({agent}) => agent))]
  const body = touched.map(({file, host}) => `- ${HOOK_DIALECTS[host].title}: ${file}`).join('\n')
  const [only] = names
  return record(fleet, {subject, body, changes, ...(names.length === 1 && only ? {agent: only} : {})})
}

/** A settings file that a person has and git doesn't is changed where it lies: what is theirs isn't committed for them. */
function looseFiles({home}: Fleet, changed: readonly PlannedFile[]): PlannedFile[] {
  const there = changed.filter(({before}) => before !== null)
  if (there.length === 0) return []
  const committed = readHead(
    home.dir,
    there.map(({file}) => file),
  )
  return there.filter(({file}) => (committed.get(file) ?? null) === null)
}

function keptOf({file, after, original}: PlannedFile): [string, {before: string | null; after: string}][] {
  return after === null || original === undefined ? [] : [[file, {before: original, after: contentHash(after)}]]
}

async function agentsOf(fleet: Fleet, {agents, hosts}: GuardWish): Promise<AgentEntry[]> {
  if (hosts.length === 0) return []
  if (agents.length > 0) return agents.map((name) => findAgent(fleet.home, name))
  return (await readSoulsHere(fleet)).map(({agent}) => agent)
}

/** Without an agent there is no folder whose settings could have hooks; to say that they are there would be untrue. */
function insistOnAgents(agents: readonly AgentEntry[], {hosts, git}: GuardWish): void {
  if (agents.length > 0 || git || hosts.length === 0) return
  throw new UserError('There is no agent here whose coding agent could be guarded.', {
    code: 'NO_AGENT',
    fix: 'mcos init agent NAME',
    exit: EXIT.usage,
  })
}

function toGuarded({agent, host, file, before, after}: PlannedFile): GuardedFile {
  return {agent, host, file, change: changeWord(before, after), before, after}
}

function hookToGuarded(home: string, {file, before, after}: PlannedHook): GuardedFile {
  const relative = path.relative(home, file)
  const shown = relative.startsWith('..') ? file : relative
  return {agent: null, host: 'git', file: shown, change: changeWord(before, after), before, after}
}

function changeWord(before: string | null, after: string | null): GuardedFile['change'] {
  if (before === after) return 'same'
  if (before === null) return 'made'
  return after === null ? 'removed' : 'changed'
}

/** The hosts that flags name; all of them where none is named and `everything` is meant by that. */
export function hostsOf(flags: Readonly<Record<CodingAgent, boolean>>): CodingAgent[] {
  return CODING_AGENTS.filter((host) => flags[host])
}
