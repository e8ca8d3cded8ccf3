import {mkdirSync, readdirSync, renameSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {type ScheduleMachine, scheduleMachine} from '../../../testing/schedule-machine.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import type {ScheduleKind, ScheduleScope} from '../../fleet/schedules/schedule.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'
import {applyPlan} from './apply.js'
import {planInstall} from './plan.js'
import {planRemove, planRemoveGone} from './plan-remove.js'
import {showSchedules} from './show.js'

const KINDS = ['cron', 'systemd', 'launchd'] as const
const OTHERS = '0 5 * * * backup\n'

test('what a fleet has left behind that was moved is shown, warned of, and taken away alone', async () => {
  const {fleet, machine} = await here()
  machine.setCrontab(OTHERS)
  for (const kind of KINDS) await install(fleet, machine, kind)
  machine.setCrontab((machine.crontab() ?? '').replace('# <<<', '@daily mine\n# <<<'))
  const before = fleet.home.dir
  const moved = await moveAway(fleet)
  const left = await showSchedules(moved, machine.site)
  expect(left.schedules).toEqual([])
  expect(left.gone.map(({kind, line, home}) => [kind, line, home])).toEqual([
    ['cron', 2, before],
    ['systemd', null, before],
    ['launchd', null, before],
  ])

  const {warnings} = await planInstall(moved, wishOf('cron'), machine.site)
  expect(warnings.filter(({code}) => code === 'GONE').map(({fix}) => fix)).toEqual(
    KINDS.map(() => 'mcos service remove --gone'),
  )
  await install(moved, machine, 'cron')
  const plan = await planRemoveGone({kinds: KINDS}, machine.site)
  const change = await applyPlan(machine.site, plan, {dryRun: false})
  expect(change.files.filter(({change: what}) => what === 'removed')).toHaveLength(3)
  const [, mine = '', ...ours] = (machine.crontab() ?? '').split(/^(?=# >>>)/m)
  expect(machine.crontab()?.startsWith(OTHERS)).toBe(true)
  expect(mine).toContain('@daily mine\n')
  expect(mine).not.toContain('heartbeat')
  expect(ours.join('')).toContain(`--home ${moved.home.dir} --all`)
  expect(readdirSync(join(machine.dir, 'Library/LaunchAgents'))).toEqual([])
  expect((await showSchedules(moved, machine.site)).gone).toMatchObject([{kind: 'cron'}])
})

test("the machine's units of fleets that are gone are root's to take away, and keep nobody from their own", async () => {
  const {fleet, machine} = await here()
  if (machine.site.uid !== 0) return
  await install(fleet, machine, 'systemd', 'system')
  await moveAway(fleet)
  const site = {...machine.site, uid: 1000}
  await expect(planRemoveGone({kinds: KINDS}, site)).rejects.toThrow(expect.objectContaining({code: 'NEEDS_ROOT'}))
  expect((await planRemoveGone({kinds: KINDS}, machine.site)).files).toHaveLength(2)
})

test('a removal that was ended in its middle is finished by the next, and switches off nothing that is not there', async () => {
  const {fleet, machine} = await here()
  await install(fleet, machine, 'systemd')
  const whole = await planRemove(fleet, {kinds: KINDS, agent: null}, machine.site)
  expect(whole.files.at(-1)?.file).toMatch(/\.service$/)
  await applyPlan(machine.site, {...whole, files: whole.files.slice(0, -1)}, {dryRun: false})
  const rest = await planRemove(fleet, {kinds: KINDS, agent: null}, machine.site)
  expect(rest.before).toEqual([])
  await applyPlan(machine.site, rest, {dryRun: false})
  expect((await planRemove(fleet, {kinds: KINDS, agent: null}, machine.site)).schedules).toEqual([])
})

function wishOf(kind: ScheduleKind, scope: ScheduleScope = 'user') {
  return {kind, scope, agent: null, everyMs: 30 * 60_000} as const
}

async function install(fleet: Fleet, machine: ScheduleMachine, ...wish: Parameters<typeof wishOf>): Promise<void> {
  await applyPlan(machine.site, await planInstall(fleet, wishOf(...wish), machine.site), {dryRun: false})
}

async function moveAway({home, env}: Fleet): Promise<Fleet> {
  const place = join(tempFolder(), 'elsewhere')
  mkdirSync(dirname(place), {recursive: true})
  renameSync(home.dir, place)
  return openFleet({cwd: place, env})
}

async function here(): Promise<{fleet: Fleet; machine: ScheduleMachine}> {
  const fleet = await openScene().open()
  return {fleet, machine: scheduleMachine(fleet)}
}
