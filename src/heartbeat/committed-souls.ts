import {readHead} from '../history/read-head.js'
import {repositoryState} from '../history/repository-state.js'
import {contentHash} from '../kit/hash.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'

const CACHE_FILE = 'cache/committed.json'

/** What the last commit says of the agents' contracts: what widens one counts only once it stands there. */
export interface CommittedSouls {
  isCommitted(agent: AgentEntry, text: string): boolean
  /** The SOUL.md of the last commit; null when it has none. */
  textOf(agent: AgentEntry): string | null
}

/** One git process for all agents, and none while the branch stands where it stood. */
export function readCommittedSouls({home, mcos}: Fleet, agents: readonly AgentEntry[]): CommittedSouls {
  const {head} = repositoryState(home.dir)
  const known = readCache(mcos.readText(CACHE_FILE), head)
  const isKnown = known && agents.every(({name}) => name in known)
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
  const hashes = isKnown
    ? known
    : Object.fromEntries([...texts].map(([name, text]) => [name, text === null ? null : contentHash(text)]))
  if (!isKnown) mcos.write(CACHE_FILE, `${JSON.stringify({head, souls: {...known, ...hashes}})}\n`, {sync: false})
  return {
    isCommitted: ({name}, text) => hashes[name] === contentHash(text),
    textOf({name}) {
      if (hashes[name] === null) return null
      load()
      return texts.get(name) ?? null
    },
  }
}

function readCache(text: string | null, head: string | null): Record<string, string | null> | null {
  if (text === null) return null
  try {
    const {head: at, souls} = JSON.parse(text)
    return at === head && typeof souls === 'object' ? souls : null
  } catch {
    // A damaged cache is an empty one.
    return null
  }
}
