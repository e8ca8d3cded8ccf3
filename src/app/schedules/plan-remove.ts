import type {InstalledSchedule, ScheduleKind} from '../../fleet/schedules/schedule.js'
import type {Fleet} from '../../workspace/fleet.js'
import {insistOnRoot} from './insist-on-root.js'
import {readOfGoneFleets} from './of-gone-fleets.js'
import {planCrontabWithout, planCrontabWithoutHomes} from './plan-crontab.js'
import {readSchedules} from './read-schedules.js'
import {gone} from './removal.js'
import type {SchedulePlan} from './schedule-plan.js'
import {type ScheduleSite, scheduleSite} from './site.js'

export interface RemoveWish {
  readonly kinds: readonly ScheduleKind[]
  /** null: those of every agent. */
  readonly agent: string | null
}

/** What `mcos service remove` would do; what a person wrote by hand stays. */
export async function planRemove(
  fleet: Fleet,
  wish: RemoveWish,
  site: ScheduleSite = scheduleSite(fleet),
): Promise<SchedulePlan> {
  const found = (await readSchedules(fleet, site)).filter(
    ({kind, agent, isOurs}) => isOurs && wish.kinds.includes(kind) && (wish.agent === null || agent === wish.agent),
  )
  for (const {scope} of found) insistOnRoot(site, scope, 'remove')
  const crontab = found.some(({kind}) => kind === 'cron') ? await planCrontabWithout(fleet, site, wish.agent) : null
  return planOf(site, found, crontab)
}

/** What `mcos service remove --gone` would do: the same for fleets that are no longer where their schedules say. */
export async function planRemoveGone({kinds}: Pick<RemoveWish, 'kinds'>, site: ScheduleSite): Promise<SchedulePlan> {
  const all = (await readOfGoneFleets(site)).filter(({kind}) => kinds.includes(kind))
  const found = all.filter(({scope}) => scope === 'user' || site.uid === 0)
  if (found.length === 0) for (const {scope} of all) insistOnRoot(site, scope, 'remove --gone')
  const homes = found.flatMap(({kind, home}) => (kind === 'cron' ? [home] : []))
  const crontab = homes.length > 0 ? await planCrontabWithoutHomes(site, homes) : null
  const unknown = {agent: null, everyMs: null, isEnabled: null}
  return planOf(
    site,
    found.map((one) => ({...one, ...unknown})),
    crontab,
  )
}

type Going = Pick<InstalledSchedule, 'kind' | 'scope' | 'file' | 'agent' | 'everyMs' | 'isEnabled'>

function planOf(site: ScheduleSite, found: readonly Going[], crontab: SchedulePlan['crontab']): SchedulePlan {
  const removals = found.filter(({kind}) => kind !== 'cron').map((one) => gone(site, one))
  const scopes = new Set(found.flatMap(({kind, scope}) => (kind === 'systemd' ? [scope] : [])))
  return {
    schedules: found.map(({kind, scope, agent, everyMs}) => ({kind, scope, agent, everyMs: everyMs ?? 0})),
    before: removals.flatMap(({commands}) => commands),
    files: removals.flatMap(({files}) => files),
    crontab,
    after: [...scopes].map((scope) => ['systemctl', ...(scope === 'user' ? ['--user'] : []), 'daemon-reload']),
    warnings: [],
  }
}
