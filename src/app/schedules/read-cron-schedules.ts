import {blockLines, variablesIn} from '../../fleet/schedules/crontab.js'
import {type CronBeat, readCronLine} from '../../fleet/schedules/crontab-line.js'
import {cronOf, EVERY, paceOf} from '../../fleet/schedules/every.js'
import {isUserError} from '../../kit/errors.js'
import {cronAfter, cronProblem} from '../../schedule/cron.js'
import type {Fleet} from '../../workspace/fleet.js'
import {expandHome} from '../../workspace/secret-ref.js'
import {fromCrontab, readCrontab, toCrontab} from './crontab-program.js'
import {agentsOf, type FoundSchedule, isOfFleet} from './found-schedule.js'
import {listFiles, readText} from './read-text.js'
import type {ScheduleSite} from './site.js'

/** Lines that beat this fleet, in the person's crontab and in those of the machine. */
export async function readCronSchedules(fleet: Fleet, site: ScheduleSite): Promise<FoundSchedule[]> {
  return [...readCronLines(fleet, site, await crontabOrNone(site)), ...readMachineCron(fleet, site)]
}

/** Whom cron.deny shuts out, or who may not become its group, has no crontab that would start anything. */
export async function crontabOrNone(site: ScheduleSite): Promise<string> {
  try {
    return (await readCrontab(site)) ?? ''
  } catch (error) {
    if (isUserError(error)) return ''
    throw error
  }
}

function readCronLines(fleet: Fleet, site: ScheduleSite, crontab: string): FoundSchedule[] {
  const ours = (blockLines(crontab, toCrontab(fleet.home.files.dir)) ?? []).map(fromCrontab)
  const lines = crontab.split('\n').map(fromCrontab)
  return lines.flatMap((line, index) => {
    const beat = readCronLine(line)
    if (beat === null) return []
    const place = {scope: 'user', file: 'crontab', line: index + 1, isOurs: ours.includes(line)} as const
    return cronFound(fleet, site, beat, {...place, variables: variablesIn(lines.slice(0, index)), text: line})
  })
}

/** Crontabs of the machine name the user behind the time; they are a person's own and never changed. */
function readMachineCron(fleet: Fleet, site: ScheduleSite): FoundSchedule[] {
  const {cronFile, cronFolders} = site.folders
  return [cronFile, ...cronFolders.flatMap((folder) => listFiles(folder, ''))].flatMap((file) => {
    const lines = (readText(file) ?? '').split('\n')
    return lines.flatMap((text, index) => {
      const beat = readCronLine(text.replace(/^(\s*(?:@[a-z]+|(?:\S+\s+){4}\S+)\s+)\S+\s+/, '$1'))
      if (beat === null) return []
      const place = {scope: 'system', file, line: index + 1, isOurs: false, text} as const
      return cronFound(fleet, site, beat, {...place, variables: variablesIn(lines.slice(0, index))})
    })
  })
}

function cronFound(
  fleet: Fleet,
  site: ScheduleSite,
  beat: CronBeat,
  {text, ...place}: Pick<FoundSchedule, 'scope' | 'file' | 'line' | 'isOurs' | 'variables'> & {readonly text: string},
): FoundSchedule[] {
  const home = beat.home === null ? null : expandHome(beat.home.replace(/^\$(?:HOME\b|\{HOME\})/, '~'), site.userHome)
  if (!isOfFleet(fleet, {home})) return []
  const cron = fieldsOf(beat.fields)
  return agentsOf(beat).map((agent) => ({
    ...place,
    ...{kind: 'cron', agent, cron, everyMs: cron === null ? null : everyOf(cron), program: beat.program},
    ...{args: beat.args, path: beat.path, home: beat.userHome, isEnabled: null},
    // cron ends nothing that it has started.
    ...{hasControlGroup: false, hasTimeout: false, texts: [text]},
  }))
}

const WORDS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
}

function fieldsOf(typed: string): string | null {
  const fields = WORDS[typed] ?? typed.replace(/\s+/g, ' ')
  return fields.startsWith('@') || cronProblem(fields) !== null ? null : fields
}

/** Of what people write themselves, only what comes round evenly has a pace. */
function everyOf(cron: string): number | null {
  const known = paceOf(cron, cronOf)
  if (known !== null) return known
  let at = Date.UTC(2026, 0, 1)
  const gaps = new Set<number>()
  for (let count = 0; count < 50; count++) {
    const next = cronAfter(cron, at, 'UTC')
    if (next === null) return null
    if (count > 0) gaps.add(next - at)
    at = next
  }
  const [gap = null] = gaps
  return gaps.size === 1 && gap !== null && EVERY.includes(gap) ? gap : null
}
