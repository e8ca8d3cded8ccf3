import {mkdirSync, readdirSync, readFileSync, watch} from 'node:fs'
import {join} from 'node:path'
import type {ModelFleet} from './model-fleet.js'

/** A wait as it stood in the files of the machine, for every process to read. */
export interface SeenWait {
  /** Milliseconds since the epoch; it was written then at the latest. */
  readonly seen: number
  readonly until: number
}

/** Notes every wait from the moment in which everybody can know of it. */
export function watchBackOff({home}: ModelFleet): {readonly seen: readonly SeenWait[]; stop(): void} {
  const dir = join(home, '.mcos/back-off')
  mkdirSync(dir, {recursive: true})
  const seen: SeenWait[] = []
  const watcher = watch(dir, () => {
    for (const name of readdirSync(dir).filter((file) => file.endsWith('.json'))) {
      const until = waitIn(join(dir, name))
      if (until > Date.now() && seen.at(-1)?.until !== until) seen.push({seen: Date.now(), until})
    }
  })
  return {seen, stop: () => watcher.close()}
}

/** Until when it says that the engine is to be left alone; 0 when an answer has just taken it away. */
function waitIn(file: string): number {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as {until: number}).until
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return 0
  }
}

/** Every request that a turn has decided to send, with the moment in which it was about to. */
export function requestsOf(fleet: ModelFleet): {readonly agent: string; readonly at: number}[] {
  return fleet.list('.mcos/transcripts').flatMap((name) => {
    const lines = fleet.read(`.mcos/transcripts/${name}`).trim().split('\n')
    const events = lines.map((line) => JSON.parse(line) as {kind: string; at: string; agent?: string})
    const agent = events.find(({kind}) => kind === 'start')?.agent ?? 'nobody'
    return events.filter(({kind}) => kind === 'request').map(({at}) => ({agent, at: Date.parse(at)}))
  })
}
