import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'

/** So far back are turns searched for an agent that has been still for days. */
const MOST_TURNS = 5000

/** The newest turn of an agent that the receipts no longer tell; git is asked when the first such agent comes up. */
export function commitFinder({home}: Fleet): (agent: string) => Promise<string | null> {
  let newest: Promise<ReadonlyMap<string, string>> | null = null
  return async (agent) => {
    newest ??= newestCommits(home.dir)
    return (await newest).get(agent) ?? null
  }
}

async function newestCommits(home: string): Promise<ReadonlyMap<string, string>> {
  const {history} = await import('../../history/turns.js')
  try {
    const turns = history(home, {limit: MOST_TURNS}).filter(({trigger}) => trigger !== 'person')
    return new Map(turns.reverse().flatMap(({agent, commit}) => (agent === null ? [] : [[agent, commit] as const])))
  } catch (error) {
    // No repository, or one that git can't read: `mcos fsck` tells, and the glance goes on.
    if (isUserError(error)) return new Map()
    throw error
  }
}
