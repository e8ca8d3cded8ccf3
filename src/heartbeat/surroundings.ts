import type {Engine} from '../engines/engine.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Soul} from '../workspace/soul.js'
import type {BeatListener} from './events.js'

/** What a beat is given from outside: the opened fleet, the engines it may ask, and how it waits. */
export interface Surroundings {
  readonly fleet: Fleet
  /** The route of an agent, `rules` last; its own keys count. */
  route(user: {readonly name: string; readonly soul: Soul | null}): Promise<readonly Engine[]>
  /** Base URLs that tell the network's time. */
  readonly timeSources: readonly string[]
  /** Fires when the person or the system ends the beat. */
  readonly signal: AbortSignal
  /** Keys of the pages this run has tried to send: a channel that is down is asked once a run. */
  readonly pagesTried: Set<string>
  /** Told what happens while it happens. */
  readonly listen: BeatListener
  /** Waits that long, or until the beat or what is `until` is ended; a rehearsal doesn't wait. */
  sleep(ms: number, until?: AbortSignal): Promise<void>
}

/** Whether the route has an engine that can judge, and not `rules` alone. */
export function canJudge(engines: readonly Engine[]): boolean {
  return engines.some(({model}) => model !== null)
}
