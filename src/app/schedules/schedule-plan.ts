import type {Schedule} from '../../fleet/schedules/schedule.js'
import type {ScheduleWarning} from './warnings.js'

/** What becomes of one file; null: there is none. */
export interface PlannedFile {
  readonly file: string
  readonly before: string | null
  readonly after: string | null
}

/** What is done to this machine's schedules, in this order: switched off, written, the crontab, switched on. */
export interface SchedulePlan {
  readonly schedules: readonly Pick<Schedule, 'kind' | 'scope' | 'agent' | 'everyMs'>[]
  readonly before: readonly (readonly string[])[]
  readonly files: readonly PlannedFile[]
  /** The whole of it, a letter a byte, and our block alone as it can be shown. */
  readonly crontab: {
    readonly before: string | null
    readonly after: string
    readonly block: {readonly before: string; readonly after: string}
  } | null
  readonly after: readonly (readonly string[])[]
  readonly warnings: readonly ScheduleWarning[]
}
