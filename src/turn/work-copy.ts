import {chmodSync, mkdirSync, rmSync, utimesSync} from 'node:fs'
import {isUserError, UserError} from '../kit/errors.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {type AgentEntry, agentPaths, inAgent, listAgents} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {foldName} from '../workspace/names.js'
import type {Draft} from './draft.js'
import {whyNotAmong} from './tools/files.js'
import {type Copied, changesSince, type Skipped} from './work-copy-changes.js'

export {judgeChanges, type Skipped} from './work-copy-changes.js'

const MOST_FILES = 10_000
const MOST_BYTES = 256 * 1024 * 1024
const DEEPEST = 32
/** Not copied and not looked at afterwards: other tools' own, and messages, which have their tools. */
const LEFT_OUT = new Set(['.git', '.mcos', 'node_modules', '.venv', '__pycache__'])

/** A copy of an agent's folder in which programs work; the home itself stays as it is. */
export interface WorkCopy {
  /** Absolute. */
  readonly dir: string
  /** What programs have changed in it, as plans for the home: for judgeChanges, and then for the draft. */
  collect(): {readonly changes: Change[]; readonly skipped: Skipped[]}
  close(): void
}

export interface WorkCopyOptions {
  /** Whether the agent may read a path of the home; what it may not isn't copied. */
  reads(path: string): boolean
  /** Several copies of one agent at the same time need names of their own; "": the one at the agent's stable path. */
  readonly name?: string
}

/**
 * Copies the agent's folder as the turn has it by now to `.mcos/work/AGENT/`, in place of what lies there from earlier:
 * the same path in each turn, so that a program finds its own sessions again.
 */
export function openWorkCopy(fleet: Fleet, agent: AgentEntry, draft: Draft, options: WorkCopyOptions): WorkCopy {
  const dir = `${fleet.mcos.dir}/work/${agent.name}${options.name ? `.${options.name}` : ''}`
  rmSync(dir, {recursive: true, force: true, maxRetries: 3})
  mkdirSync(dir, {recursive: true, mode: 0o700})
  const copy = openFolder(dir)
  const copied = new Map<string, Copied>()
  const budget = {files: 0, bytes: 0}
  const agents = listAgents(fleet.home)
  for (const path of filesOf(fleet.home.files, agent, draft)) {
    const rel = agent.path === '.' ? path : path.slice(agent.path.length + 1)
    // Another agent may lie inside of this one's folder, with messages of its own.
    if (!options.reads(path) || whyNotAmong(agents, path, 'read') !== null) continue
    const file = readFrom(fleet.home.files, draft, path)
    if (file === null) continue
    spend(budget, file.content.length, agent)
    copy.write(rel, file.content, {sync: false})
    if (file.mode !== null) chmodSync(`${dir}/${rel}`, file.mode | 0o600)
    if (file.mtimeMs !== null) utimesSync(`${dir}/${rel}`, file.mtimeMs / 1000, file.mtimeMs / 1000)
    copied.set(rel, {size: file.content.length, mtimeMs: copy.stat(rel)?.mtimeMs ?? 0, hash: contentHash(file.content)})
  }
  return {
    dir,
    collect: () =>
      changesSince(copied, {copy, fleet, draft, files: filesBelow(copy), toHome: (rel) => inAgent(agent, rel)}),
    close: () => rmSync(dir, {recursive: true, force: true, maxRetries: 3}),
  }
}

/** The agent's files on the disk, and those that the turn has planned; links and devices are none. */
function filesOf(files: Folder, agent: AgentEntry, draft: Draft): string[] {
  const prefix = agent.path === '.' ? '' : `${agent.path}/`
  const inbox = foldName(agentPaths(agent).inbox)
  const isTaken = (path: string): boolean => !`${foldName(path)}/`.startsWith(`${inbox}/`)
  const onDisk = walk(files, agent.path, isTaken)
  const planned = [...draft.touched()].filter((path) => path.startsWith(prefix) && isTaken(path) && !isLeftOut(path))
  return [...new Set([...onDisk, ...planned])].sort()
}

function isLeftOut(path: string): boolean {
  return path.split('/').some((part) => LEFT_OUT.has(part))
}

/** Everything in the copy that isn't a folder, links and devices too: what is no file is told. */
function filesBelow(copy: Folder): string[] {
  return walk(copy, '.', () => true, true)
}

function walk(files: Folder, root: string, isTaken: (path: string) => boolean, isAll = false): string[] {
  const found: string[] = []
  const visit = (folder: string, depth: number): void => {
    for (const {name, kind} of files.list(folder)) {
      const path = folder === '.' ? name : `${folder}/${name}`
      if (LEFT_OUT.has(name) || !isTaken(path)) continue
      if (kind === 'folder' && depth < DEEPEST) visit(path, depth + 1)
      else if (kind === 'file' || isAll) found.push(path)
    }
  }
  visit(root, 0)
  return found
}

interface Source {
  readonly content: Buffer
  readonly mode: number | null
  /** null for what the turn itself has planned: it is as new as the copy. */
  readonly mtimeMs: number | null
}

/** Straight from the disk where nothing is planned, so that the draft doesn't keep every file of the folder. */
function readFrom(files: Folder, draft: Draft, path: string): Source | null {
  try {
    const isPlanned = draft.touched().has(path)
    const facts = files.stat(path)
    const content = isPlanned ? draft.read(path) : files.read(path, {maxBytes: MOST_BYTES})
    return content && {content, mode: facts?.mode ?? null, mtimeMs: isPlanned ? null : (facts?.mtimeMs ?? null)}
  } catch (error) {
    // A link in its place, or no right to read it: programs of this agent don't get to see it either.
    if (!isUserError(error)) throw error
    return null
  }
}

function spend(budget: {files: number; bytes: number}, size: number, agent: AgentEntry): void {
  budget.files++
  budget.bytes += size
  if (budget.files <= MOST_FILES && budget.bytes <= MOST_BYTES) return
  throw new UserError(
    `The folder of ${agent.name} is too large to work on a copy of it: more than ${MOST_FILES} files or ${MOST_BYTES / 1024 / 1024} MiB.`,
    {code: 'TOO_LARGE', fix: `Move what no program of ${agent.name} needs to a folder outside ${agent.path}/.`},
  )
}
