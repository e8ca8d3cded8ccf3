import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {readCrontab} from '../schedules/crontab-program.js'
import {readText} from '../schedules/read-text.js'
import type {ScheduleSite} from '../schedules/site.js'

/** The text that would set a variable: the unit, or the lines of the crontab. */
export async function textsOf(site: ScheduleSite, schedules: readonly InstalledSchedule[]): Promise<string[]> {
  const crontab = schedules.some(({file}) => file === 'crontab') ? ((await readCrontab(site)) ?? '') : ''
  return schedules.map(({file, line}) => {
    if (file === 'crontab') return crontab.split('\n')[(line ?? 1) - 1] ?? ''
    const text = readText(file.replace(/\.timer$/, '.service')) ?? ''
    return line === null ? text : (text.split('\n')[line - 1] ?? '')
  })
}

/** Whether a schedule hands a secret to the beat that it starts. */
export function isHandedOver(
  {source, value}: {readonly source: string; readonly value: string},
  {schedule, text}: {readonly schedule: InstalledSchedule; readonly text: string},
): boolean {
  if (source === 'credential') return new RegExp(`^(?:Load|Set)Credential(?:Encrypted)?=${value}\\b`, 'm').test(text)
  if (schedule.variables.includes(value)) return true
  // What a file sets that systemd or the shell reads first can't be known from here.
  return new RegExp(`(?:^|[\\s"'])${value}=|^EnvironmentFile=|\\s(?:\\.|source)\\s`, 'm').test(text)
}
