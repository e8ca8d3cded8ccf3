import {existsSync} from 'node:fs'
import path from 'node:path'
import {formatCronLine} from '../../fleet/schedules/crontab-line.js'
import {cronOf, onCalendarOf, paceOf} from '../../fleet/schedules/every.js'
import {formatCalendar, readPlist} from '../../fleet/schedules/launchd-plist.js'
import {readService, readTimer} from '../../fleet/schedules/read-systemd-unit.js'
import type {InstalledSchedule, Schedule, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import {agentsOf, type FoundSchedule, isOfFleet} from './found-schedule.js'
import {readCronSchedules} from './read-cron-schedules.js'
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
    ...(await readPlists(fleet, site)),
    ...(await readCronSchedules(fleet, site)),
  ]
  return found.map(({texts, ...one}) => ({
    ...one,
    isCurrent: one.isOurs && isCurrent(fleet, site, facts, {...one, texts}),
  }))
}

function isCurrent(fleet: Fleet, site: ScheduleSite, facts: ScheduleFacts, found: FoundSchedule): boolean {
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

function readUnits(fleet: Fleet, site: ScheduleSite, scope: ScheduleScope): FoundSchedule[] {
  const folder = unitFolder(site, scope)
  return listFiles(folder, '.service').flatMap((file): FoundSchedule[] => {
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

async function readPlists(fleet: Fleet, site: ScheduleSite): Promise<FoundSchedule[]> {
  const found: FoundSchedule[] = []
  for (const file of listFiles(site.folders.launchAgents, '.plist')) {
    const text = readText(file) ?? ''
    const beat = readPlist(text)
    if (beat === null || !isOfFleet(fleet, beat)) continue
    const everyMs = beat.calendar === null ? null : paceOf(beat.calendar, formatCalendar)
    const isEnabled = beat.label === null ? false : await isLoaded(site, beat.label)
    for (const agent of agentsOf(beat)) {
      found.push({
        ...{kind: 'launchd', scope: 'user', file, line: null, agent, everyMs},
        ...{cron: everyMs === null ? null : cronOf(everyMs), program: beat.program, args: beat.args},
        ...{path: beat.path, home: beat.userHome, variables: [], isOurs: beat.isOurs, isEnabled},
        ...{hasControlGroup: beat.hasControlGroup, hasTimeout: false, texts: [text]},
      })
    }
  }
  return found
}

/** How launchctl says that it knows no such agent. */
const NOT_LOADED = 113

/** Whether launchd knows an agent; null: nobody answers, as away from a Mac's desktop. */
async function isLoaded(site: ScheduleSite, label: string): Promise<boolean | null> {
  const {code} = await site.run(['launchctl', 'print', `gui/${site.uid}/${label}`])
  return code === 0 ? true : code === NOT_LOADED ? false : null
}
