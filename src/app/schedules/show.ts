import path from 'node:path'
import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {peekBeatState} from '../../heartbeat/state-store.js'
import {isRecord} from '../../kit/is-record.js'
import {cronAfter} from '../../schedule/cron.js'
import {formatDuration} from '../../schedule/duration.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {zoneHere} from '../new-fleet.js'
import {type GoneFleetSchedule, readOfGoneFleets} from './of-gone-fleets.js'
import {readSchedules} from './read-schedules.js'
import {type ScheduleSite, scheduleSite} from './site.js'

/** `mcos service show`; the keys are a promise to programs. */
export interface ServiceReport {
  readonly fleet: string
  readonly home: string
  readonly host: string
  readonly schedules: readonly ShownSchedule[]
  /** What was written for fleets that are no longer there. */
  readonly gone: readonly GoneFleetSchedule[]
}

export interface ShownSchedule {
  readonly kind: string
  readonly scope: string
  /** Absolute, or `crontab`. */
  readonly file: string
  readonly line: number | null
  /** null: every agent. */
  readonly agent: string | null
  readonly every: string | null
  /** ISO; null: not known, or never. */
  readonly next: string | null
  /** null: only the scheduler knows. */
  readonly enabled: boolean | null
  /** ISO, by whatever started it; of a fleet's schedule the newest of all agents. */
  readonly last_beat: string | null
  /** Whether `install` wrote it; otherwise a person did. */
  readonly ours: boolean
  /** Whether `install` would write the same now. */
  readonly current: boolean
  readonly command: readonly string[]
}

/** Every schedule of this machine that beats this fleet, with when it comes next. */
export async function showSchedules(fleet: Fleet, site: ScheduleSite = scheduleSite(fleet)): Promise<ServiceReport> {
  const schedules: ShownSchedule[] = []
  for (const found of await readSchedules(fleet, site)) schedules.push(await show(fleet, site, found))
  const gone = await readOfGoneFleets(site)
  return {fleet: fleet.home.config.name, home: fleet.home.files.dir, host: fleet.host, schedules, gone}
}

async function show(fleet: Fleet, site: ScheduleSite, found: InstalledSchedule): Promise<ShownSchedule> {
  const {kind, scope, file, line, agent, everyMs, isEnabled, isOurs, isCurrent, program, args} = found
  const next = await nextOf(fleet, site, found)
  const last = lastBeatOf(fleet, agent)
  return {
    ...{kind, scope, file, line, agent, every: everyMs === null ? null : formatDuration(everyMs)},
    ...{next: next === null ? null : new Date(next).toISOString(), enabled: isEnabled},
    last_beat: last === null ? null : new Date(last).toISOString(),
    ...{ours: isOurs, current: isCurrent, command: [program, ...args]},
  }
}

/** systemd knows its delays and what it has missed; of the others the calendar says it. */
async function nextOf({clock}: Fleet, site: ScheduleSite, found: InstalledSchedule): Promise<number | null> {
  const {kind, scope, file, cron, isEnabled} = found
  if (kind === 'systemd') {
    const user = scope === 'user' ? ['--user'] : []
    const list = ['systemctl', ...user, 'list-timers', '--all', '--output=json', path.basename(file)]
    const told = nextIn((await site.run(list)).stdout)
    if (told !== null) return told
    if (isEnabled === false) return null
  }
  return cron === null ? null : cronAfter(cron, clock.now(), zoneHere())
}

function nextIn(json: string): number | null {
  try {
    const [first]: unknown[] = [].concat(JSON.parse(json))
    const next = isRecord(first) ? first['next'] : null
    return typeof next === 'number' && next > 0 ? Math.floor(next / 1000) : null
  } catch {
    // Older ones print a table; the calendar says nearly the same.
    return null
  }
}

function lastBeatOf(fleet: Fleet, agent: string | null): number | null {
  const names = agent === null ? listAgents(fleet.home).map(({name}) => name) : [agent]
  const beats = names.flatMap((name) => peekBeatState(fleet, name)?.lastBeat ?? [])
  return beats.length === 0 ? null : Math.max(...beats)
}
