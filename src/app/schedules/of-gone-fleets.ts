import {existsSync} from 'node:fs'
import path from 'node:path'
import {blocksIn} from '../../fleet/schedules/crontab.js'
import type {ScheduleKind, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {fromCrontab} from './crontab-program.js'
import {ownerOf} from './file-owner.js'
import {crontabOrNone} from './read-cron-schedules.js'
import {listFiles, readText} from './read-text.js'
import {unitFolder} from './schedule-files.js'
import type {ScheduleSite} from './site.js'

/** What `mcos service install` once wrote for a fleet that has moved away or is gone: it goes on and finds nothing. */
export interface GoneFleetSchedule {
  readonly kind: ScheduleKind
  readonly scope: ScheduleScope
  /** Absolute, or `crontab`. */
  readonly file: string
  /** Of a crontab the first line of the block, from 1. */
  readonly line: number | null
  /** Where the fleet was. */
  readonly home: string
}

/** Every such leftover on this machine, as far as its person can see it. */
export async function readOfGoneFleets(site: ScheduleSite): Promise<GoneFleetSchedule[]> {
  const blocks = blocksIn(await crontabOrNone(site)).map(({home, line}) => ({
    ...({kind: 'cron', scope: 'user', file: 'crontab'} as const),
    ...{line, home: fromCrontab(home)},
  }))
  const files = [
    ...filesIn(unitFolder(site, 'user'), '.service', {kind: 'systemd', scope: 'user'}),
    ...filesIn(unitFolder(site, 'system'), '.service', {kind: 'systemd', scope: 'system'}),
    ...filesIn(site.folders.launchAgents, '.plist', {kind: 'launchd', scope: 'user'}),
  ]
  return [...blocks, ...files].filter(({home}) => !existsSync(path.join(home, CONFIG_FILE)))
}

function filesIn(folder: string, ending: string, what: Pick<GoneFleetSchedule, 'kind' | 'scope'>): GoneFleetSchedule[] {
  return listFiles(folder, ending).flatMap((file) => {
    const home = ownerOf(file, readText(file) ?? '')
    return home === null ? [] : [{...what, file, line: null, home}]
  })
}
