import {readHead} from '../history/read-head.js'
import {repositoryState} from '../history/repository-state.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'

const CACHE_FILE = 'cache/committed.json'

/** What the last commit says of the agents' contracts: what widens one counts only once it stands there. */
export interface CommittedSouls {
  isCommitted(agent: AgentEntry, text: string): boolean
  /** The SOUL.md of the last commit; null when it has none. */
  textOf(agent: AgentEntry): string | null
  /** Turns have been committed. Where they lie on what is known and change no contract, the same holds for the new commit. */
  follow(step: {readonly onto: string | null; readonly tip: string; readonly paths: readonly string[]}): void
}

/** Of each agent's SOUL.md; null where the last commit has none. */
type Hashes = ReadonlyMap<string, string | null>

/** One git process for all agents, and none while the branch stands where it stood. */
export function readCommittedSouls(
  {home, mcos, cache}: Fleet,
  agents: readonly AgentEntry[],
  head: string | null = repositoryState(home.dir).head,
): CommittedSouls {
  const known = readCache(mcos.readText(CACHE_FILE), head) ?? new Map<string, string | null>()
  const isKnown = agents.every(({name}) => known.has(name))
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
  const hashes: Hashes = new Map([...known, ...found])
  let at = head
  const keepAt = (commit: string | null): void => {
    at = commit
    keep(mcos, `${JSON.stringify({head: at, souls: Object.fromEntries(hashes)})}\n`)
  }
  if (!isKnown) keepAt(head)
  return {
    isCommitted: ({name}, text) => hashes.get(name) === cache.hashOf(text),
    textOf({name}) {
      if (hashes.get(name) === null) return null
      load()
      return texts.get(name) ?? null
    },
    follow({onto, tip, paths}) {
      const isSame = at !== null && onto === at && !paths.some(isSoulPath)
      // What is not known for certain is asked of git by the next beat.
      if (isSame) keepAt(tip)
      else at = null
    },
  }
}

/** Also of agents that this beat is not about: their hashes are kept along. */
function isSoulPath(path: string): boolean {
  return path === 'SOUL.md' || path.endsWith('/SOUL.md')
}

function keep(mcos: Folder, text: string): void {
  try {
    mcos.write(CACHE_FILE, text, {sync: false})
  } catch (error) {
    // A full or read-only disk costs the next beat a git process, and this one nothing.
    if (!isUserError(error)) throw error
  }
}

function readCache(text: string | null, head: string | null): Hashes | null {
  if (text === null) return null
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== 'object' || data === null || !('head' in data) || data.head !== head) return null
    return 'souls' in data && isHashes(data.souls) ? new Map(Object.entries(data.souls)) : null
  } catch {
    // A damaged cache is an empty one.
    return null
  }
}

function isHashes(value: unknown): value is Record<string, string | null> {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every((hash) => hash === null || typeof hash === 'string')
}
