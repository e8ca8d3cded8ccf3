import type {Surroundings} from '../../heartbeat/surroundings.js'
import type {Seat} from './seat.js'

/** What a turn by hand hands to those who page people; nothing of it waits. */
export function aroundSeat({fleet, route, signal}: Pick<Seat, 'fleet' | 'route' | 'signal'>): Surroundings {
  return {
    fleet,
    route,
    // Who watches a turn by hand hears of it from the turn itself.
    listen: () => undefined,
    signal,
    timeSources: [],
    pagesTried: new Set<string>(),
    sleep: async () => undefined,
  }
}
