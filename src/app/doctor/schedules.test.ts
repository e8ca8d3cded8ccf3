import {chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {type ScheduleMachine, scheduleMachine} from '../../../testing/schedule-machine.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Trouble} from '../../workspace/health.js'
import {scheduleFiles} from '../schedules/schedule-files.js'
import {readScheduleFacts, wantedSchedule} from '../schedules/wanted.js'
import {openMachine} from './schedule-machine.js'
import {scheduleCheckups} from './schedules.js'

const HOUR_MS = 3_600_000
const BIN = new URL('../../../bin/mcos.js', import.meta.url).pathname

async function opened(files: Record<string, string> = {}) {
  const scene = openScene({files})
  await scene.beat()
  const machine = scheduleMachine(await scene.open())
  const examine = async (id: string): Promise<readonly Trouble[]> => {
    const checkup = scheduleCheckups(openMachine(() => machine.site)).find((one) => one.id === id)
    return (await checkup?.examine(await scene.open()))?.troubles ?? []
  }
  return {...scene, machine, examine}
}

async function installUnits(fleet: Fleet, {site}: ScheduleMachine, isEnabled = true): Promise<string> {
  const facts = await readScheduleFacts(fleet, site)
  const wish = {kind: 'systemd', scope: 'user', agent: null, everyMs: HOUR_MS} as const
  const files = scheduleFiles(site, wantedSchedule(fleet, site, facts, wish))
  for (const {file, text} of files) {
    mkdirSync(join(dirname(file), 'timers.target.wants'), {recursive: true})
    writeFileSync(file, text)
  }
  const timer = files.map(({file}) => file).find((file) => file.endsWith('.timer')) ?? ''
  if (isEnabled) symlinkSync(timer, join(dirname(timer), 'timers.target.wants', timer.split('/').at(-1) ?? ''))
  return timer
}

test('without any schedule, and without a beat for a day, it is said that beats happen only by hand', async () => {
  const {examine, clock} = await opened()
  expect(await examine('schedule')).toEqual([])
  clock.advance(25 * HOUR_MS)
  const told = {status: 'warn', detail: 'no schedule: beats happen only by hand', fix: 'mcos service install'}
  expect(await examine('schedule')).toEqual([told])
})

test('an agent that no schedule wakes, and a timer that was never enabled, are told', async () => {
  const {examine, machine, dir, open} = await opened()
  machine.setCrontab(`0 * * * * mcos heartbeat --home ${dir} donna\n`)
  expect(await examine('schedule')).toMatchObject([{status: 'warn', detail: 'no schedule wakes jarvis'}])
  const timer = await installUnits(await open(), machine, false)
  expect(await examine('schedule')).toMatchObject([
    {
      status: 'fail',
      detail: `${timer} is written and not enabled`,
      fix: 'systemctl --user enable --now mcos-northwind.timer',
    },
  ])
})

test('a unit that ends only its first process, that never ends or that was edited is told', async () => {
  const {examine, machine, open} = await opened()
  const service = (await installUnits(await open(), machine)).replace('.timer', '.service')
  expect(await examine('schedule-units')).toEqual([])
  const text = readFileSync(service, 'utf8')
  writeFileSync(service, text.replace('KillMode=control-group', 'KillMode=process').replace(/TimeoutStartSec=.*\n/, ''))
  expect(await examine('schedule-units')).toMatchObject([
    {
      status: 'fail',
      detail: expect.stringContaining('lacks KillMode=control-group and TimeoutStartSec='),
      fix: 'mcos service install',
    },
  ])
  writeFileSync(service, text.replace('UMask=0077\n', ''))
  expect(await examine('schedule-units')).toMatchObject([
    {status: 'warn', detail: expect.stringContaining('is not as mcos would write it now')},
  ])
})

test('what cron would start is tried with nothing but what cron gives it', async () => {
  const {examine, machine, dir} = await opened()
  const line = (command: string) => machine.setCrontab(`0 * * * * ${command} heartbeat --all --home ${dir}\n`)
  line(`${process.execPath} ${BIN}`)
  expect(await examine('schedule-starts')).toEqual([])
  line('/opt/nowhere/mcos')
  expect(await examine('schedule-starts')).toMatchObject([
    {status: 'fail', detail: 'crontab:1: /opt/nowhere/mcos is not there (any more)', fix: 'crontab -e'},
  ])
  // As with nvm: mcos is found, and the node that it asks for is not on cron's PATH.
  const shim = join(machine.dir, 'mcos')
  writeFileSync(shim, '#!/usr/bin/env node-of-nvm\n')
  chmodSync(shim, 0o755)
  line(shim)
  expect(await examine('schedule-starts')).toMatchObject([
    {status: 'fail', detail: expect.stringMatching(/--version fails with PATH=\/usr\/bin:\/bin: .*node-of-nvm/)},
  ])
})

test('a key that stands in the shell and not in the crontab is told by the name of its variable', async () => {
  const engines = 'engines: { claude: { kind: anthropic, model: claude-sonnet-5-5, key: env:ANTHROPIC_API_KEY } }\n'
  const {examine, machine, dir} = await opened({'mcos.yaml': `version: 1\nname: northwind\n${engines}`})
  machine.setCrontab(`0 * * * * mcos heartbeat --all --home ${dir}\n`)
  expect(await examine('schedule-secrets')).toMatchObject([
    {
      status: 'fail',
      detail: expect.stringContaining(
        'crontab:1 does not set ANTHROPIC_API_KEY, which mcos.yaml engines.claude.key needs',
      ),
      fix: 'mcos secrets set ANTHROPIC_API_KEY',
    },
  ])
  machine.setCrontab(`ANTHROPIC_API_KEY=x\n0 * * * * mcos heartbeat --all --home ${dir}\n`)
  expect(await examine('schedule-secrets')).toEqual([])
})

test('a schedule that has stopped firing is told by the age of the last beat', async () => {
  const {examine, machine, dir, clock} = await opened()
  machine.setCrontab(`*/30 * * * * mcos heartbeat --all --home ${dir}\n`)
  const late = async () => (await examine('schedule-fires')).filter(({detail}) => detail.startsWith('crontab'))
  expect(await late()).toEqual([])
  clock.advance(2 * HOUR_MS)
  expect(await late()).toMatchObject([
    {status: 'fail', detail: expect.stringMatching(/^crontab:1: the last beat was at 2026/)},
  ])
})
