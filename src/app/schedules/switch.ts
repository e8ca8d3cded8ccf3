import {existsSync} from 'node:fs'
import path from 'node:path'
import type {InstalledSchedule, Schedule} from '../../fleet/schedules/schedule.js'
import type {PlannedFile} from './schedule-plan.js'
import type {ScheduleSite} from './site.js'

/**
 * The commands after which a schedule that was just written runs. To enable it comes last: one that was killed before has
 * visibly not come to its end, and the next install goes through all of them.
 */
export function switchOn(
  {uid, user}: ScheduleSite,
  {kind, scope}: Schedule,
  {files, isLoaded}: {readonly files: readonly PlannedFile[]; readonly isLoaded: boolean},
): (readonly string[])[] {
  const [first] = files
  if (!first) return []
  if (kind === 'launchd') {
    const out = isLoaded ? [['launchctl', 'bootout', `gui/${uid}`, first.file]] : []
    return [...out, ['launchctl', 'bootstrap', `gui/${uid}`, first.file]]
  }
  const timer = path.basename(first.file).replace(/\.service$/, '.timer')
  const systemctl = ['systemctl', ...(scope === 'user' ? ['--user'] : [])]
  // Without it a person's units end with their last login.
  const lingers = scope === 'system' || existsSync(path.join('/var/lib/systemd/linger', user))
  return [
    ...(lingers ? [] : [['loginctl', 'enable-linger', user]]),
    [...systemctl, 'daemon-reload'],
    // Restarted, as a timer that runs keeps the moments it was started with.
    [...systemctl, 'restart', timer],
    [...systemctl, 'enable', timer],
  ]
}

/** Whether systemd goes by something else than what is written, as after an install that was killed in its middle; where it doesn't answer nobody knows. */
export async function isBehind(site: ScheduleSite, {file, scope}: InstalledSchedule): Promise<boolean> {
  const timer = path.basename(file)
  const units = [timer.replace(/\.timer$/, '.service'), timer]
  const user = scope === 'user' ? ['--user'] : []
  const asked = ['systemctl', ...user, 'show', '--property=NeedDaemonReload,ActiveState', ...units]
  const {code, stdout} = await site.run(asked)
  if (code !== 0) return false
  const [, ofTimer = ''] = stdout.trim().split(/\n\s*\n/)
  return stdout.includes('NeedDaemonReload=yes') || /^ActiveState=(?:inactive|failed)$/m.test(ofTimer)
}
