import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {editCommand} from '../../workspace/health.js'

/** What mends most of what can be wrong with a schedule of ours. */
export const INSTALL = 'mcos service install'

/** Where a schedule stands, with the line of a crontab. */
export function placeOf({file, line}: InstalledSchedule): string {
  return line === null ? file : `${file}:${line}`
}

/** The file that says what is started, and not the one that says when. */
export function unitFile(one: InstalledSchedule): string {
  return one.file.replace(/\.timer$/, '.service')
}

/** Ours is written anew; what somebody else wrote is theirs to edit. */
export function mendOf(one: InstalledSchedule): string {
  if (one.isOurs) return INSTALL
  return one.kind === 'cron' && one.scope === 'user' ? 'crontab -e' : editCommand(unitFile(one))
}
