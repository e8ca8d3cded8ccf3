import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import type {Fleet} from '../../workspace/fleet.js'
import {lookOnce} from '../../workspace/look-once.js'
import {readSchedules} from '../schedules/read-schedules.js'
import {type ScheduleSite, scheduleSite} from '../schedules/site.js'

/** This machine as far as it starts beats: its schedulers are asked once for all checks. */
export interface Machine {
  siteOf(fleet: Fleet): ScheduleSite
  read(fleet: Fleet): Promise<readonly InstalledSchedule[]>
}

/** The machine is handed in for rehearsals. */
export function openMachine(siteOf: (fleet: Fleet) => ScheduleSite = scheduleSite): Machine {
  return {siteOf, read: lookOnce((fleet) => readSchedules(fleet, siteOf(fleet)))}
}
