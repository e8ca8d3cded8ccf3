import {lstatSync} from 'node:fs'
import path from 'node:path'
import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {readText} from './read-text.js'
import type {PlannedFile} from './schedule-plan.js'
import type {ScheduleSite} from './site.js'

/** How a schedule of systemd or launchd goes: switched off first, then its files. */
export interface Removal {
  readonly commands: readonly (readonly string[])[]
  readonly files: readonly PlannedFile[]
}

type Known = Pick<InstalledSchedule, 'kind' | 'scope' | 'file' | 'isEnabled'>

export function gone(site: ScheduleSite, {kind, scope, file, isEnabled}: Known): Removal {
  if (kind === 'launchd') {
    const commands = isEnabled === false ? [] : [['launchctl', 'bootout', `gui/${site.uid}`, file]]
    return {commands, files: [goneFile(file)]}
  }
  const unit = file.replace(/\.(?:timer|service)$/, '')
  const timer = `${unit}.timer`
  const link = path.join(path.dirname(file), 'timers.target.wants', path.basename(timer))
  const user = scope === 'user' ? ['--user'] : []
  // systemd refuses to switch off what is not there: then somebody was ended in the middle of this.
  const isOff = !isThere(timer) && !isThere(link)
  return {
    commands: isOff ? [] : [['systemctl', ...user, 'disable', '--now', path.basename(timer)]],
    // systemctl takes the link away itself, where it answers. By the service the schedule is known, so it goes last.
    files: [link, timer, `${unit}.service`].filter(isThere).map(goneFile),
  }
}

function goneFile(file: string): PlannedFile {
  return {file, before: readText(file) ?? '', after: null}
}

function isThere(file: string): boolean {
  return lstatSync(file, {throwIfNoEntry: false}) !== undefined
}
