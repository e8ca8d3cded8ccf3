import {readHead, readHeadFolder} from '../history/read-head.js'
import {repositoryState} from '../history/repository-state.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
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

/** A hash for each agent's SOUL.md (null where the last commit has none) and each guardrail; rules null: not asked yet. */
interface Known {
  readonly souls: ReadonlyMap<string, string | null>
  readonly rules: ReadonlyMap<string, string> | null
}

/** One git process for all agents, and none while the branch stands where it stood. */
export function readCommittedLaw(
  {home, mcos, cache}: Fleet,
  agents: readonly AgentEntry[],
  head: string | null = repositoryState(home.dir).head,
): CommittedLaw {
  const before = readCache(mcos.readText(CACHE_FILE), head)
  const isKnown = agents.every(({name}) => before.souls.has(name))
  const texts = new Map<string, string | null>()
  const load = (): void => {
    if (texts.size > 0) return
    const committed = readHead(
      home.dir,
      agents.map((agent) => agentPaths(agent).soul),
    )
    for (const agent of agents) texts.set(agent.name, committed.get(agentPaths(agent).soul)?.toString('utf8') ?? null)
  }
  if (!isKnown) load()
  const found = [...texts].map(([name, text]) => [name, text === null ? null : cache.hashOf(text)] as const)
  let known: Known = {souls: new Map([...before.souls, ...found]), rules: before.rules}
  let at = head
  const keepAt = (commit: string | null): void => {
    at = commit
    keep(mcos, formatCache(at, known))
  }
  if (!isKnown) keepAt(head)
  return {
    isCommitted: ({name}, text) => known.souls.get(name) === cache.hashOf(text),
    textOf({name}) {
      if (known.souls.get(name) === null) return null
      load()
      return texts.get(name) ?? null
    },
    rules() {
      if (known.rules === null) {
        const committed = [...readHeadFolder(home.dir, RULES)].filter(([path]) => isRulePath(path))
        known = {...known, rules: new Map(committed.map(([path, text]) => [path, cache.hashOf(text.toString('utf8'))]))}
        // Turns committed meanwhile changed no law, or nothing is kept.
        if (at !== null) keepAt(at)
      }
      return known.rules ?? new Map()
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

function formatCache(head: string | null, {souls, rules}: Known): string {
  const kept = {head, souls: Object.fromEntries(souls), ...(rules ? {rules: Object.fromEntries(rules)} : {})}
  return `${JSON.stringify(kept)}\n`
}

function readCache(text: string | null, head: string | null): Known {
  const nothing: Known = {souls: new Map(), rules: null}
  if (text === null) return nothing
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== 'object' || data === null || !('head' in data) || data.head !== head) return nothing
    if (!('souls' in data) || !isHashes(data.souls)) return nothing
    const rules = 'rules' in data && isHashes(data.rules) ? Object.entries(data.rules) : null
    const whole = rules?.filter((entry): entry is [string, string] => entry[1] !== null) ?? []
    return {souls: new Map(Object.entries(data.souls)), rules: whole.length === rules?.length ? new Map(whole) : null}
  } catch {
    // A damaged cache is an empty one.
    return nothing
  }
}

function isHashes(value: unknown): value is Record<string, string | null> {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every((hash) => hash === null || typeof hash === 'string')
}
