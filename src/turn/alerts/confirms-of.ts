import {isUserError} from '../../kit/errors.js'
import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AlertLevel, Soul} from '../../workspace/soul.js'

/** The levels that an agent's SOUL.md on the disk lets it confirm: whether it is worth telling it how. */
export async function confirmsOf(
  {home, cache}: Pick<Fleet, 'home' | 'cache'>,
  agent: AgentEntry,
): Promise<readonly AlertLevel[]> {
  const file = agentPaths(agent).soul
  const text = home.files.readText(file)
  if (text === null || !/^escalation:/m.test(text)) return []
  try {
    const parse = async (): Promise<Soul> => (await import('../../workspace/parse-soul.js')).parseSoul(text, file)
    return (await cache.get('soul', text, parse)).escalation.confirms
  } catch (error) {
    // A turn does not come this far with a SOUL.md that can't be read.
    if (isUserError(error)) return []
    throw error
  }
}
