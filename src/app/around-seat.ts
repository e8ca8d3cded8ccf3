import type {Surroundings} from '../heartbeat/surroundings.js'
import type {Seat} from './run-seat.js'

/** What a turn by hand hands to those who page people; nothing of it waits. */
export function aroundSeat({
  fleet,
  route,
  listen,
  signal,
}: Pick<Seat, 'fleet' | 'route' | 'listen' | 'signal'>): Surroundings {
  return {
    fleet,
    route,
    listen,
    signal,
    timeSources: [],
    pagesTried: new Set<string>(),
    sleep: async () => undefined,
  }
}
