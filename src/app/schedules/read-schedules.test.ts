import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {type ScheduleMachine, scheduleMachine} from '../../../testing/schedule-machine.js'
import {readSchedules} from './read-schedules.js'
import {scheduleFiles} from './schedule-files.js'
import {readScheduleFacts, wantedSchedule} from './wanted.js'

const MINUTES = 60_000

test('a machine without schedules has none', async () => {
  const {fleet, machine} = await here()
  expect(await readSchedules(fleet, machine.site)).toEqual([])
})

test('a line that a person wrote is found, and is nobody else’s', async () => {
  const {fleet, machine, dir} = await here()
  machine.setCrontab(
    [
      'MAILTO=ada',
      `*/15 * * * * /usr/local/bin/mcos heartbeat --home ${dir} >> /tmp/log 2>&1`,
      '*/15 * * * * mcos heartbeat --home /somewhere/else',
      `@hourly cd "${dir}" && KEY=x mcos heartbeat donna jarvis`,
      `# 0 * * * * mcos heartbeat --home ${dir}`,
    ].join('\n'),
  )
  const found = await readSchedules(fleet, machine.site)
  expect(found.map(({line, agent, everyMs, isOurs, isCurrent}) => [line, agent, everyMs, isOurs, isCurrent])).toEqual([
    [2, null, 15 * MINUTES, false, false],
    [4, 'donna', 60 * MINUTES, false, false],
    [4, 'jarvis', 60 * MINUTES, false, false],
  ])
  expect(found[0]).toMatchObject({program: '/usr/local/bin/mcos', variables: ['MAILTO'], hasControlGroup: false})
})

test("lines of the machine's crontabs name a user first, and are found as well", async () => {
  const {fleet, machine, dir} = await here()
  put(join(machine.dir, 'etc/cron.d/fleet'), `PATH=/usr/bin\n0 */2 * * * ada mcos heartbeat --home ${dir} donna\n`)
  put(join(machine.dir, 'etc/crontab'), `@daily root test -e /x\n`)
  expect(await readSchedules(fleet, machine.site)).toMatchObject([
    {scope: 'system', line: 2, agent: 'donna', everyMs: 120 * MINUTES, variables: ['PATH'], isOurs: false},
  ])
})

test('whoever may have no crontab has no line in one', async () => {
  const {fleet, machine} = await here()
  put(join(machine.bin, 'crontab'), '#!/bin/sh\necho "You (ada) are not allowed to use this program" >&2\nexit 1\n')
  expect(await readSchedules(fleet, machine.site)).toEqual([])
})

test('units are found by the home they beat, and are current only as install would write them', async () => {
  const {fleet, machine} = await here()
  const facts = await readScheduleFacts(fleet, machine.site)
  const wish = {kind: 'systemd', scope: 'user', agent: 'donna', everyMs: 30 * MINUTES} as const
  const files = scheduleFiles(machine.site, wantedSchedule(fleet, machine.site, facts, wish))
  for (const {file, text} of files) put(file, text)
  const [timer = ''] = files.map(({file}) => file).filter((file) => file.endsWith('.timer'))
  mkdirSync(join(dirname(timer), 'timers.target.wants'))
  symlinkSync(timer, join(dirname(timer), 'timers.target.wants/mcos-northwind-donna.timer'))

  const [found] = await readSchedules(fleet, machine.site)
  expect(found).toMatchObject({
    ...{kind: 'systemd', scope: 'user', file: timer, agent: 'donna', everyMs: 30 * MINUTES, cron: '*/30 * * * *'},
    ...{isOurs: true, isCurrent: true, isEnabled: true, hasControlGroup: true, hasTimeout: true},
  })

  for (const {file, text} of files) put(file, text.replace('KillMode=control-group', 'KillMode=process'))
  expect((await readSchedules(fleet, machine.site))[0]).toMatchObject({isCurrent: false, hasControlGroup: false})
})

async function here(): Promise<{
  fleet: Awaited<ReturnType<ReturnType<typeof openScene>['open']>>
  machine: ScheduleMachine
  dir: string
}> {
  const scene = openScene()
  const fleet = await scene.open()
  return {fleet, machine: scheduleMachine(fleet), dir: scene.dir}
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, text)
}
