import type {FleetConfig} from '../workspace/config.js'

/** The channel that leads to a name of `page:`: itself one, or a person's first way that is one; null: none does. */
export function channelTo(to: string, {channels, people}: Pick<FleetConfig, 'channels' | 'people'>): string | null {
  if (Object.hasOwn(channels, to)) return to
  const ways = Object.hasOwn(people, to) ? people[to]?.via : undefined
  return ways?.find((way) => Object.hasOwn(channels, way)) ?? null
}
