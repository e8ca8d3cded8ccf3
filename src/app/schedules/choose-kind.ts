import type {ScheduleKind, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {UserError} from '../../kit/errors.js'
import type {ScheduleSite} from './site.js'

/** What this machine has: launchd on macOS, systemd where the person's own answers, otherwise cron. */
export async function chooseKind(site: ScheduleSite, scope: ScheduleScope): Promise<ScheduleKind> {
  if (site.platform === 'darwin') return 'launchd'
  if (scope === 'system') return 'systemd'
  if ((await site.run(['systemctl', '--user', 'show', '--property=Version'])).code === 0) return 'systemd'
  if ((await site.run(['crontab', '-l'])).error !== 'ENOENT') return 'cron'
  throw new UserError(
    'Nothing on this machine starts programs by the clock: no systemd of yours answers, and there is no cron.',
    {
      code: 'NO_SCHEDULER',
      fix: ['mcos up   # beats as long as it runs', 'Install cron, such as: sudo apt-get install cron'],
    },
  )
}
