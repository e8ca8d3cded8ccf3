import type {InstalledSchedule, Schedule, ScheduleKind, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {UserError} from '../../kit/errors.js'
import {findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {chooseKind} from './choose-kind.js'
import {isOursToWrite} from './file-owner.js'
import {insistOnRoot} from './insist-on-root.js'
import {planCrontab} from './plan-crontab.js'
import {readSchedules} from './read-schedules.js'
import {readText} from './read-text.js'
import {gone} from './removal.js'
import {scheduleFiles} from './schedule-files.js'
import type {PlannedFile, SchedulePlan} from './schedule-plan.js'
import {type ScheduleSite, scheduleSite} from './site.js'
import {isBehind, switchOn} from './switch.js'
import {readScheduleFacts, wantedSchedule} from './wanted.js'
import {findWarnings} from './warnings.js'

export interface ScheduleWish {
  /** null: what this machine has. */
  readonly kind: ScheduleKind | null
  readonly scope: ScheduleScope
  /** null: every agent of this machine. */
  readonly agent: string | null
  readonly everyMs: number
}

/** What `mcos service install` would do. */
export async function planInstall(
  fleet: Fleet,
  wish: ScheduleWish,
  site: ScheduleSite = scheduleSite(fleet),
): Promise<SchedulePlan> {
  if (wish.agent !== null) findAgent(fleet.home, wish.agent)
  const kind = wish.kind ?? (await chooseKind(site, wish.scope))
  insistOnRoot(site, wish.scope, 'install --system')
  const facts = await readScheduleFacts(fleet, site)
  const schedule = wantedSchedule(fleet, site, facts, {...wish, kind})
  const found = await readSchedules(fleet, site)
  const warnings = await findWarnings(fleet, site, {schedule, facts, found})
  const base = {schedules: [schedule], warnings}
  if (kind === 'cron') {
    const crontab = await planCrontab(site, schedule)
    return {...base, before: [], files: [], crontab, after: []}
  }
  const files = scheduleFiles(site, schedule).map(({file, text}): PlannedFile => {
    const before = readText(file)
    if (before !== null && !isOursToWrite(file, before, schedule.home)) throw taken(file)
    return {file, before, after: text}
  })
  const stale = staleOf(found, schedule, files).map((one) => gone(site, one))
  const there = found.find(({file}) => files.some((one) => one.file === file)) ?? null
  const isChanged = files.some(({before, after}) => before !== after)
  const isOn = !isChanged && stale.length === 0 && (await isRunning(site, there))
  return {
    ...base,
    before: stale.flatMap((removal) => removal.commands),
    files: [...files, ...stale.flatMap((removal) => removal.files)],
    crontab: null,
    after: isOn ? [] : switchOn(site, schedule, {files, isLoaded: isLoaded(files, there)}),
  }
}

/** A file of a fleet that is gone may be loaded under the same name. */
function isLoaded([first]: readonly PlannedFile[], there: InstalledSchedule | null): boolean {
  return there === null ? (first?.before ?? null) !== null : there.isEnabled !== false
}

/** As far as its scheduler tells. */
async function isRunning(site: ScheduleSite, there: InstalledSchedule | null): Promise<boolean> {
  if (there === null || there.isEnabled === false) return false
  return there.kind !== 'systemd' || !(await isBehind(site, there))
}

/** The same schedule under another name, as after the fleet was renamed. */
function staleOf(
  found: readonly InstalledSchedule[],
  {kind, scope, agent}: Schedule,
  files: readonly PlannedFile[],
): InstalledSchedule[] {
  return found.filter(
    (one) =>
      one.isOurs &&
      one.kind === kind &&
      one.scope === scope &&
      one.agent === agent &&
      !files.some(({file}) => file.replace(/\.\w+$/, '') === one.file.replace(/\.\w+$/, '')),
  )
}

function taken(file: string): UserError {
  return new UserError(`${file} is somebody else's: mcos did not write it for this fleet.`, {
    code: 'TAKEN',
    fix: ['Give this fleet another name in mcos.yaml.', `Or move it away, if nobody needs it: mv ${file} ${file}.old`],
  })
}
