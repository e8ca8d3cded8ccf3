import {Flags} from '@oclif/core'
import type {ScheduleKind} from '../fleet/schedules/schedule.js'

/** `--systemd`, `--launchd`, `--cron`: which scheduler is meant. */
export const scheduleFlags = {
  systemd: Flags.boolean({description: 'A timer and a service of systemd.'}),
  launchd: Flags.boolean({description: 'An agent of launchd, on macOS.'}),
  cron: Flags.boolean({description: 'A line in your crontab.'}),
}

const KINDS = ['systemd', 'launchd', 'cron'] as const

/** The kinds that flags name. */
export function kindsOf(flags: Readonly<Record<ScheduleKind, boolean>>): ScheduleKind[] {
  return KINDS.filter((kind) => flags[kind])
}
