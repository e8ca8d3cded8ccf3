import type {Schedule} from '../src/fleet/schedules/schedule.js'

/** A schedule of a fleet at an ordinary place, every half hour, by the person's own systemd. */
export function aSchedule(part: Partial<Schedule> = {}): Schedule {
  return {
    kind: 'systemd',
    scope: 'user',
    fleet: 'northwind',
    home: '/home/ada/northwind',
    agent: null,
    everyMs: 30 * 60_000,
    node: '/usr/bin/node',
    mcos: '/usr/lib/node_modules/mcos/bin/mcos.js',
    env: {PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/home/ada'},
    user: 'ada',
    credentials: [],
    writable: [],
    ...part,
  }
}
