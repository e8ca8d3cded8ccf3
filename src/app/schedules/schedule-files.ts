import path from 'node:path'
import {formatPlist} from '../../fleet/schedules/launchd-plist.js'
import type {Schedule, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {scheduleName} from '../../fleet/schedules/schedule-name.js'
import {formatService, formatTimer} from '../../fleet/schedules/systemd-unit.js'
import type {ScheduleSite} from './site.js'

/** A file that a schedule consists of. */
export interface ScheduleFile {
  readonly file: string
  readonly text: string
}

/** The files of a schedule of systemd or launchd; cron has lines and none. */
export function scheduleFiles(site: ScheduleSite, schedule: Schedule): ScheduleFile[] {
  const name = scheduleName(schedule)
  switch (schedule.kind) {
    case 'systemd': {
      const folder = unitFolder(site, schedule.scope)
      return [
        {file: path.join(folder, `${name}.service`), text: formatService(schedule)},
        {file: path.join(folder, `${name}.timer`), text: formatTimer(schedule)},
      ]
    }
    case 'launchd':
      return [{file: path.join(site.folders.launchAgents, `${name}.plist`), text: formatPlist(schedule)}]
    case 'cron':
      return []
  }
}

export function unitFolder({folders}: ScheduleSite, scope: ScheduleScope): string {
  return scope === 'system' ? folders.systemUnits : folders.userUnits
}
