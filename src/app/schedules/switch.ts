import {existsSync} from 'node:fs'
import path from 'node:path'
import type {Schedule} from '../../fleet/schedules/schedule.js'
import type {PlannedFile} from './plan.js'
import type {ScheduleSite} from './site.js'

/** The commands after which a schedule that was just written runs. */
export function switchOn(
  {uid, user}: ScheduleSite,
  {kind, scope}: Schedule,
  files: readonly PlannedFile[],
): (readonly string[])[] {
  const [first] = files
  if (!first) return []
  if (kind === 'launchd') {
    const out = first.before === null ? [] : [['launchctl', 'bootout', `gui/${uid}`, first.file]]
    return [...out, ['launchctl', 'bootstrap', `gui/${uid}`, first.file]]
  }
  const timer = path.basename(first.file).replace(/\.service$/, '.timer')
  const systemctl = ['systemctl', ...(scope === 'user' ? ['--user'] : [])]
  // Restarted, as a timer that runs keeps the moments it was started with.
  const on = [
    [...systemctl, 'daemon-reload'],
    [...systemctl, 'enable', timer],
    [...systemctl, 'restart', timer],
  ]
  // Without it a person's units end with their last login.
  const lingers = scope === 'system' || existsSync(path.join('/var/lib/systemd/linger', user))
  return lingers ? on : [...on, ['loginctl', 'enable-linger', user]]
}
