import {isUserError} from '../../kit/errors.js'
import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {KnownAgent} from './agent-status.js'

/** Who an agent is by its SOUL.md, or why that can't be read. */
export async function readKnown(fleet: Fleet, entry: AgentEntry): Promise<KnownAgent> {
  const file = agentPaths(entry).soul
  try {
    const text = fleet.home.files.readText(file)
    if (text === null) return {entry, soul: null, trouble: null}
    const parse = async () => (await import('../../workspace/parse-soul.js')).parseSoul(text, file)
    return {entry, soul: await fleet.cache.get('soul', text, parse), trouble: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {entry, soul: null, trouble: error.message}
  }
}

/** Those that run programs without a sandbox. Without one on the machine, that is whoever may run anything at all. */
export function unenforcedAmong(known: Iterable<KnownAgent>, isBoxedHere: boolean): string[] {
  const isOpen = ({soul}: KnownAgent): boolean =>
    soul?.contract?.unsandboxed === true || ((soul?.contract?.commands.length ?? 0) > 0 && !isBoxedHere)
  return [...known].filter(isOpen).map(({entry}) => entry.name)
}
