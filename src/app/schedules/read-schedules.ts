import {existsSync, realpathSync} from 'node:fs'
import path from 'node:path'
import type {BeatCommand} from '../../fleet/schedules/beat-command.js'
import {blockLines, variablesIn} from '../../fleet/schedules/crontab.js'
import {type CronBeat, formatCronLine, readCronLine} from '../../fleet/schedules/crontab-line.js'
import {cronOf, EVERY, onCalendarOf, paceOf} from '../../fleet/schedules/every.js'
import {formatCalendar, readPlist} from '../../fleet/schedules/launchd-plist.js'
import {readService, readTimer} from '../../fleet/schedules/read-systemd-unit.js'
import type {InstalledSchedule, Schedule, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {isUserError} from '../../kit/errors.js'
import {cronAfter, cronProblem} from '../../schedule/cron.js'
import type {Fleet} from '../../workspace/fleet.js'
import {expandHome} from '../../workspace/secret-ref.js'
import {fromCrontab, readCrontab, toCrontab} from './crontab-program.js'
import {listFiles, readText} from './read-text.js'
import {scheduleFiles, unitFolder} from './schedule-files.js'
import {type ScheduleSite, scheduleSite} from './site.js'
import {readScheduleFacts, renewed, type ScheduleFacts} from './wanted.js'

/** Every schedule of this machine that beats this fleet, whoever wrote it; what the person may not read is not there. */
export async function readSchedules(
  fleet: Fleet,
  site: ScheduleSite = scheduleSite(fleet),
): Promise<readonly InstalledSchedule[]> {
  const facts = await readScheduleFacts(fleet, site)
  const found = [
    ...readUnits(fleet, site, 'user'),
    ...readUnits(fleet, site, 'system'),
    ...readPlists(fleet, site),
    ...readCronLines(fleet, site, await crontabOrNone(site)),
    ...readMachineCron(fleet, site),
  ]
  return found.map((one) => ({...one, isCurrent: one.isOurs && isCurrent(fleet, site, facts, one)}))
}

type Found = Omit<InstalledSchedule, 'isCurrent'> & {readonly texts: readonly string[]}

function isCurrent(fleet: Fleet, site: ScheduleSite, facts: ScheduleFacts, found: Found): boolean {
  try {
    const schedule = renewed(fleet, site, facts, found)
    const wanted = schedule === null ? [] : textsOf(site, schedule)
    return wanted.length > 0 && wanted.join('\0') === found.texts.join('\0')
  } catch (error) {
    // What install would refuse to write is not what it would write.
    if (isUserError(error)) return false
    throw error
  }
}

function textsOf(site: ScheduleSite, schedule: Schedule): string[] {
  return schedule.kind === 'cron' ? [formatCronLine(schedule)] : scheduleFiles(site, schedule).map(({text}) => text)
}

function readUnits(fleet: Fleet, site: ScheduleSite, scope: ScheduleScope): Found[] {
  const folder = unitFolder(site, scope)
  return listFiles(folder, '.service').flatMap((file): Found[] => {
    const service = readText(file) ?? ''
    const beat = readService(service)
    if (beat === null || !isOfFleet(fleet, beat)) return []
    const timer = file.replace(/\.service$/, '.timer')
    const timerText = readText(timer)
    const calendar = readTimer(timerText ?? '')
    const everyMs = calendar === null ? null : paceOf(calendar, onCalendarOf)
    return agentsOf(beat).map((agent) => ({
      ...{kind: 'systemd', scope, file: timerText === null ? file : timer, line: null, agent, everyMs},
      ...{cron: everyMs === null ? null : cronOf(everyMs), program: beat.program, args: beat.args},
      ...{path: beat.path, home: beat.userHome, variables: [], isOurs: beat.isOurs},
      isEnabled: timerText !== null && existsSync(path.join(folder, 'timers.target.wants', path.basename(timer))),
      ...{hasControlGroup: beat.hasControlGroup, hasTimeout: beat.hasTimeout},
      texts: [service, timerText ?? ''],
    }))
  })
}

function readPlists(fleet: Fleet, site: ScheduleSite): Found[] {
  return listFiles(site.folders.launchAgents, '.plist').flatMap((file): Found[] => {
    const text = readText(file) ?? ''
    const beat = readPlist(text)
    if (beat === null || !isOfFleet(fleet, beat)) return []
    const everyMs = beat.calendar === null ? null : paceOf(beat.calendar, formatCalendar)
    return agentsOf(beat).map((agent) => ({
      ...{kind: 'launchd', scope: 'user', file, line: null, agent, everyMs},
      ...{cron: everyMs === null ? null : cronOf(everyMs), program: beat.program, args: beat.args},
      ...{path: beat.path, home: beat.userHome, variables: [], isOurs: beat.isOurs, isEnabled: null},
      ...{hasControlGroup: beat.hasControlGroup, hasTimeout: false, texts: [text]},
    }))
  })
}

/** Whom cron.deny shuts out, or who may not become its group, has no crontab that would start anything. */
async function crontabOrNone(site: ScheduleSite): Promise<string> {
  try {
    return (await readCrontab(site)) ?? ''
  } catch (error) {
    if (isUserError(error)) return ''
    throw error
  }
}

function readCronLines(fleet: Fleet, site: ScheduleSite, crontab: string): Found[] {
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
function readMachineCron(fleet: Fleet, site: ScheduleSite): Found[] {
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
  {text, ...place}: Pick<Found, 'scope' | 'file' | 'line' | 'isOurs' | 'variables'> & {readonly text: string},
): Found[] {
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

function agentsOf({agents}: BeatCommand): readonly (string | null)[] {
  return agents.length === 0 ? [null] : agents
}

function isOfFleet({home: {files}}: Fleet, {home}: Pick<BeatCommand, 'home'>): boolean {
  return home !== null && realPath(home) === files.dir
}

function realPath(place: string): string {
  try {
    return realpathSync(place)
  } catch {
    // A home that is gone is nobody's now.
    return place
  }
}
