import type {ScheduleScope} from '../../fleet/schedules/schedule.js'
import {UserError} from '../../kit/errors.js'
import type {ScheduleSite} from './site.js'

/** Ends with what to type, where a schedule is the machine's and the person isn't root; `words` stand behind `mcos service`. */
export function insistOnRoot({uid}: ScheduleSite, scope: ScheduleScope, words: string): void {
  if (scope === 'user' || uid === 0) return
  throw new UserError("The machine's own units are root's to change.", {
    code: 'NEEDS_ROOT',
    fix: `sudo env "PATH=$PATH" mcos service ${words}`,
  })
}
