import {readBlobs, readHead, readHeadWithFolder} from '../history/read-head.js'
import {repositoryState} from '../history/repository-state.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'

const CACHE_FILE = 'cache/committed.json'
const RULES = 'guardrails'

/** What the last commit says of contracts and guardrails: what widens either counts only once it stands there. */
export interface CommittedLaw {
  isCommitted(agent: AgentEntry, text: string): boolean
  /** The SOUL.md of the last commit; null when it has none. */
  textOf(agent: AgentEntry): string | null
  /** The guardrails of the last commit by their paths, each as a hash of its text. */
  rules(): ReadonlyMap<string, string>
  ruleText(path: string): string | null
  /** Turns have been committed. Where they lie on what is known and change no law, the same holds for the new commit. */
  follow(step: {readonly onto: string | null; readonly tip: string; readonly paths: readonly string[]}): void
}

/**
 * A hash for each agent's SOUL.md (null where the last commit has none), git's id of each guardrail (null: not asked yet),
 * and what hash each such id stands for, which no commit changes.
 */
interface Known {
  readonly souls: ReadonlyMap<string, string | null>
  readonly rules: ReadonlyMap<string, string> | null
  readonly hashes: ReadonlyMap<string, string>
}

/** One git process for all agents, and none while the branch stands where it stood. */
export function readCommittedLaw(
  {home, mcos, cache}: Fleet,
  agents: readonly AgentEntry[],
  head: string | null = repositoryState(home.dir).head,
): CommittedLaw {
  let known = readCache(mcos.readText(CACHE_FILE), head)
  let at = head
  let texts: ReadonlyMap<string, string | null> | null = null
  const keepAt = (commit: string | null): void => {
    at = commit
    keep(mcos, formatCache(at, known))
  }
  const load = (): ReadonlyMap<string, string | null> => {
    const {files, ids} = readHeadWithFolder(
      home.dir,
      agents.map((agent) => agentPaths(agent).soul),
      RULES,
    )
    texts = new Map(agents.map((agent) => [agent.name, files.get(agentPaths(agent).soul)?.toString('utf8') ?? null]))
    const found = [...texts].map(([name, text]) => [name, text === null ? null : cache.hashOf(text)] as const)
    const rules = known.rules ?? new Map([...ids].filter(([path]) => isRulePath(path)))
    known = {...known, souls: new Map([...known.souls, ...found]), rules}
    return texts
  }
  if (!agents.every(({name}) => known.souls.has(name))) {
    load()
    keepAt(head)
  }
  return {
    isCommitted: ({name}, text) => known.souls.get(name) === cache.hashOf(text),
    textOf({name}) {
      if (known.souls.get(name) === null) return null
      return (texts ?? load()).get(name) ?? null
    },
    rules() {
      if (known.rules === null) load()
      const rules = [...(known.rules ?? [])]
      const fresh = rules.map(([, id]) => id).filter((id) => !known.hashes.has(id))
      if (fresh.length > 0) {
        const read = readBlobs(home.dir, fresh).map((blob) => cache.hashOf(blob?.toString('utf8') ?? ''))
        known = {
          ...known,
          hashes: new Map([...known.hashes, ...fresh.map((id, place) => [id, read[place] ?? ''] as const)]),
        }
        // Turns committed meanwhile changed no law, or nothing is kept.
        if (at !== null) keepAt(at)
      }
      return new Map(rules.map(([path, id]) => [path, known.hashes.get(id) ?? '']))
    },
    ruleText: (path) => readHead(home.dir, [path]).get(path)?.toString('utf8') ?? null,
    follow({onto, tip, paths}) {
      const isSame = at !== null && onto === at && !paths.some(isLawPath)
      // What is not known for certain is asked of git by the next beat.
      if (isSame) keepAt(tip)
      else at = null
    },
  }
}

/** Whether a path of the home is a guardrail; a README beside them is none. */
export function isRulePath(path: string): boolean {
  return /^guardrails\/[^/]+\.md$/.test(path) && !/\/readme\.md$/i.test(path)
}

/** Also of agents that this beat is not about: their hashes are kept along. */
function isLawPath(path: string): boolean {
  return path === 'SOUL.md' || path.endsWith('/SOUL.md') || path.startsWith(`${RULES}/`)
}

function keep(mcos: Folder, text: string): void {
  try {
    mcos.write(CACHE_FILE, text, {sync: false})
  } catch (error) {
    // A full or read-only disk costs the next beat a git process, and this one nothing.
    if (!isUserError(error)) throw error
  }
}

function formatCache(head: string | null, {souls, rules, hashes}: Known): string {
  const used = new Set(rules?.values())
  const kept = {
    head,
    souls: Object.fromEntries(souls),
    ...(rules ? {rules: Object.fromEntries(rules)} : {}),
    hashes: Object.fromEntries([...hashes].filter(([id]) => rules === null || used.has(id))),
  }
  return `${JSON.stringify(kept)}\n`
}

function readCache(text: string | null, head: string | null): Known {
  const nothing: Known = {souls: new Map(), rules: null, hashes: new Map()}
  if (text === null) return nothing
  try {
    const data: unknown = JSON.parse(text)
    if (!isRecord(data)) return nothing
    const hashes = isTexts(data['hashes']) ? new Map(Object.entries(data['hashes'])) : nothing.hashes
    if (data['head'] !== head || !isHashes(data['souls'])) return {...nothing, hashes}
    const rules = isTexts(data['rules']) && Object.values(data['rules']).every(isId) ? data['rules'] : null
    return {
      souls: new Map(Object.entries(data['souls'])),
      rules: rules && new Map(Object.entries(rules)),
      hashes,
    }
  } catch {
    // A damaged cache is an empty one.
    return nothing
  }
}

/** Of an object, in either of git's forms. */
function isId(text: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}

function isHashes(value: unknown): value is Record<string, string | null> {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every((hash) => hash === null || typeof hash === 'string')
}
