import {lstatSync, readdirSync, realpathSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname} from 'node:path'
import type {Action} from '../../guard/action.js'
import {whyClosed} from '../../guard/paths.js'
import {kindOf} from '../../guard/permit.js'
import {readsSecret} from '../../guard/taint.js'
import type {HookEvent} from './event.js'
import {realPathOf} from './real-path.js'

/** Actions as the guard compares them: paths from the home, absolute where they lie outside, without links. */
export interface Settled {
  readonly actions: readonly Action[]
  /** Why nothing of it may be done, whatever a contract says; null: nothing speaks against it. */
  readonly refusal: string | null
  /** Why a person has to look at it; null: nobody has to. */
  readonly doubt: string | null
}

/** More entries than this below a folder, and nobody has seen what a tree holds. */
const MOST_ENTRIES = 4_000
const DEEPEST = 24
/** Behind a folder: what of it isn't hidden, as search programs take it; where it is changed, what git keeps of it. */
const SEEN = '/**'

/** Looks each path of a call up on the disk. */
export function settle(
  wanted: readonly Action[],
  {home, session}: {home: string} & Pick<HookEvent, 'session'>,
): Settled {
  const actions: Action[] = []
  let [refusal, doubt]: [string | null, string | null] = [null, null]
  for (const action of wanted) {
    if (kindOf(action.verb) !== 'path') {
      actions.push(action)
      continue
    }
    const isSeen = action.target.endsWith(SEEN)
    const isTree = isSeen || action.target.endsWith('/')
    const path = realPathOf(isSeen ? action.target.slice(0, -SEEN.length) : action.target)
    const facts = lstatSync(path, {throwIfNoEntry: false})
    if (below(home, path).startsWith('/') && isScratch(path, session)) continue
    const isFolder = facts?.isDirectory() ?? false
    const isTracked = isSeen && action.verb !== 'read'
    const isWhole = isFolder && (isTracked || (!isSeen && (isTree || action.verb === 'delete')))
    const target = below(home, path)
    if (isTracked && !isInCheckout(path, home))
      refusal ??= 'git would change files of the fleet itself here, which are taken back with mcos undo'
    if (action.verb !== 'read') {
      if (target.startsWith('/')) refusal ??= `${path} lies outside the fleet, and nothing is changed there`
      if (facts?.isFile() && facts.nlink > 1 && action.verb === 'write')
        doubt ??= `${target} is the same file as another one somewhere`
      if (facts && !facts.isFile() && !isFolder) refusal ??= `${target} is no file`
    }
    actions.push({...action, target: named(target, {verb: action.verb, isWhole})})
    if (!(isWhole || (isSeen && isFolder)) || target.startsWith('/') || isTracked || isInHeap(target)) continue
    const found = lookInto({home, path, verb: action.verb, isSeen})
    refusal ??= found.refusal
    doubt ??= found.doubt
    actions.push(...found.secrets)
  }
  return {actions, refusal, doubt}
}

/** The home itself has no name in it: who looks at it sees what lies in it. */
function named(target: string, {verb, isWhole}: {verb: string; isWhole: boolean}): string {
  if (target !== '.') return isWhole ? `${target}/` : target
  return verb === 'read' && !isWhole ? '*' : './'
}

/** Whether a repository of its own begins somewhere between the home and there. */
function isInCheckout(path: string, home: string): boolean {
  for (let folder = path; folder.startsWith(`${home}/`); folder = dirname(folder))
    if (lstatSync(`${folder}/.git`, {throwIfNoEntry: false})) return true
  return false
}

function below(home: string, path: string): string {
  if (path === home) return '.'
  return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path
}

/** A folder under the system's temporary one that bears the session's name: nobody else's. */
function isScratch(path: string, session: string | null): boolean {
  if (session === null || !/^[\w-]{8,}$/.test(session)) return false
  return ['/tmp', tmpdir()].some((folder) => {
    const real = realFolder(folder)
    if (real === null || !path.startsWith(`${real}/`)) return false
    const parts = path.slice(real.length + 1).split('/')
    return parts.some((part) => part === session || part.endsWith(`-${session}`))
  })
}

function realFolder(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    // There is none on this machine.
    return null
  }
}

interface Look {
  /** What lies hidden isn't looked at by the program either. */
  readonly isSeen: boolean
  readonly home: string
  readonly path: string
  readonly verb: string
}

/** What a whole tree holds that has rules of its own: closed files, links that a program could follow, secrets. */
function lookInto({home, path: root, verb, isSeen}: Look): {
  refusal: string | null
  doubt: string | null
  secrets: Action[]
} {
  const secrets: Action[] = []
  const waiting: [path: string, depth: number][] = [[root, 0]]
  let count = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [folder, depth] = next
    for (const entry of readdirSync(folder, {withFileTypes: true})) {
      if (isSeen && entry.name.startsWith('.')) continue
      const path = `${folder}/${entry.name}`
      const target = below(home, path)
      const closed = whyClosed(target, verb === 'read' ? 'read' : 'write')
      if (closed !== null) return {refusal: `${target}: ${closed}`, doubt: null, secrets}
      if (readsSecret({verb: 'read', target}) && verb === 'read') secrets.push({verb: 'read', target})
      if (++count > MOST_ENTRIES || depth > DEEPEST)
        return {refusal: null, doubt: `${below(home, root)} holds more than can be looked through`, secrets}
      if (entry.isDirectory() && !isHeap(entry.name)) waiting.push([path, depth + 1])
    }
  }
  return {refusal: null, doubt: null, secrets}
}

/** Packages of others, which hold thousands of files and none of the fleet's. */
function isHeap(name: string): boolean {
  return name === 'node_modules'
}

function isInHeap(target: string): boolean {
  return target.split('/').some(isHeap)
}
