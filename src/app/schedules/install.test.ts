import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene, type SceneOptions} from '../../../testing/heartbeat-scene.js'
import {type ScheduleMachine, scheduleMachine} from '../../../testing/schedule-machine.js'
import {insistOnWritable} from '../../fleet/schedules/writable-path.js'
import type {Fleet} from '../../workspace/fleet.js'
import {applyPlan, type ServiceChange} from './apply.js'
import {planInstall, type ScheduleWish} from './plan.js'
import {planRemove} from './plan-remove.js'
import {readSchedules} from './read-schedules.js'
import {showSchedules} from './show.js'

const HALF_HOUR = 30 * 60_000
const FLEET: ScheduleWish = {kind: 'cron', scope: 'user', agent: null, everyMs: HALF_HOUR}

test('a crontab keeps every byte of others, also what is no UTF-8, and a second time changes nothing', async () => {
  const {machine, install, remove, dir} = await here()
  const others = Buffer.from(
    'MAILTO=ada\n# Gr\xfc\xdfe\n0 5 * * 1 tar -zcf /b.tgz /h\n17 * * * * date +\\%s\r\n',
    'latin1',
  )
  machine.setCrontab(others)

  const {files} = await install(FLEET)
  expect(files).toMatchObject([{file: 'crontab', change: 'made', before: null}])
  expect(machine.crontab()?.startsWith(others.toString('latin1'))).toBe(true)
  expect(machine.crontab()).toContain(`heartbeat --home ${dir} --all\n# <<< mcos service: ${dir}\n`)

  const once = machine.crontab()
  expect((await install(FLEET)).files).toMatchObject([{change: 'same'}])
  await install({...FLEET, agent: 'donna', everyMs: HALF_HOUR / 6})
  expect((await install({...FLEET, everyMs: HALF_HOUR * 2})).files).toMatchObject([{change: 'changed'}])
  expect(machine.crontab()?.match(/^\S+ \S+ \* \* \* cd/gm)).toEqual(['0 * * * * cd', '*/5 * * * * cd'])
  await install(FLEET)
  await remove({agent: 'donna'})
  expect(machine.crontab()).toBe(once)
  await remove({})
  expect(machine.crontab()).toBe(others.toString('latin1'))
})

test('where there was no crontab there is none afterwards, and one without its last newline is given it', async () => {
  const {machine, install, remove} = await here()
  await install(FLEET)
  expect(machine.crontab()).toContain('# >>> mcos service')
  await remove({})
  expect(machine.crontab()).toBeNull()

  machine.setCrontab('0 5 * * * backup')
  await install(FLEET)
  expect(machine.crontab()).toMatch(/^0 5 \* \* \* backup\n# >>> mcos service/)
})

test('a line that a person put between our markers stays', async () => {
  const {machine, install, remove, dir} = await here()
  await install(FLEET)
  machine.setCrontab((machine.crontab() ?? '').replace('# <<<', '@daily mine\n# <<<'))
  await remove({})
  expect(machine.crontab()).toBe(`# >>> mcos service: ${dir}\n@daily mine\n# <<< mcos service: ${dir}\n`)
})

test('a crontab that somebody else changes meanwhile is left to them', async () => {
  const {fleet, machine} = await here()
  const plan = await planInstall(fleet, FLEET, machine.site)
  machine.setCrontab('@daily theirs\n')
  await expect(applyPlan(machine.site, plan, {dryRun: false})).rejects.toThrow(
    expect.objectContaining({code: 'CONFLICT'}),
  )
  expect(machine.crontab()).toBe('@daily theirs\n')
})

test('systemd: units of the person, switched on, then brought up to date, then gone', async () => {
  const {machine, install, remove} = await here()
  const wish = {...FLEET, kind: 'systemd'} as const
  const units = join(machine.dir, '.config/systemd/user')
  await install(wish)
  expect(readdirSync(units)).toEqual(['mcos-northwind.service', 'mcos-northwind.timer'])
  expect(machine.calls()[0]).toMatch(/^loginctl enable-linger /)
  expect(machine.calls().slice(1)).toEqual([
    'systemctl --user daemon-reload',
    'systemctl --user restart mcos-northwind.timer',
    'systemctl --user enable mcos-northwind.timer',
  ])

  machine.enable(join(units, 'mcos-northwind.timer'))
  const again = await install(wish)
  expect(again.files.map(({change}) => change)).toEqual(['same', 'same'])
  expect(again.commands).toEqual([])

  const faster = await install({...wish, everyMs: HALF_HOUR / 2})
  expect(faster.files.map(({change}) => change)).toEqual(['same', 'changed'])
  await remove({})
  expect(machine.calls().slice(-2)).toEqual([
    'systemctl --user disable --now mcos-northwind.timer',
    'systemctl --user daemon-reload',
  ])
  expect(readdirSync(units)).toEqual(['timers.target.wants'])
  expect(readdirSync(join(units, 'timers.target.wants'))).toEqual([])
})

test('systemd: a folder of links that systemctl takes away with the last of them is missed by nobody', async () => {
  const {fleet, machine, install} = await here()
  await install({...FLEET, kind: 'systemd'})
  const units = join(machine.dir, '.config/systemd/user')
  machine.enable(join(units, 'mcos-northwind.timer'))
  const site: ScheduleMachine['site'] = {
    ...machine.site,
    run: async (command, options) => {
      if (command.includes('disable')) rmSync(join(units, 'timers.target.wants'), {recursive: true})
      return machine.site.run(command, options)
    },
  }
  await applyPlan(site, await planRemove(fleet, {kinds: ['systemd'], agent: null}, site), {dryRun: false})
  expect(readdirSync(units)).toEqual([])
})

test("a line in the machine's crontab is taken out there: the file has lines of others", async () => {
  const {fleet, machine, dir} = await here()
  const file = join(machine.dir, 'etc/crontab')
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, `17 * * * * root run-parts /etc/cron.hourly\n0 * * * * ada mcos heartbeat --home ${dir}\n`)
  const {warnings} = await planInstall(fleet, FLEET, machine.site)
  expect(warnings.find(({code}) => code === 'SECOND')?.fix).toBe(`sudoedit ${file}   # line 2`)
})

test('a folder whose name ends in a blank is refused, as no scheduler would read it back', () => {
  expect(() => insistOnWritable('/home/ada/northwind ')).toThrow(expect.objectContaining({code: 'BAD_PATH'}))
})

test('a fleet that was renamed has one timer, under its new name', async () => {
  const {scene, machine, install} = await here()
  const wish = {...FLEET, kind: 'systemd'} as const
  await install(wish)
  scene.write('mcos.yaml', 'version: 1\nname: Süd Wind & Co\n')
  const renamed = await scene.open()
  await applyPlan(machine.site, await planInstall(renamed, wish, machine.site), {dryRun: false})
  expect(readdirSync(join(machine.dir, '.config/systemd/user'))).toEqual([
    'mcos-sud-wind-co.service',
    'mcos-sud-wind-co.timer',
  ])
})

test("a file that another fleet's install wrote, or a person, is not written over", async () => {
  const {fleet, machine} = await here()
  const file = join(machine.dir, '.config/systemd/user/mcos-northwind.service')
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, '[Service]\nExecStart=/bin/true\n')
  const taken = expect.objectContaining({code: 'TAKEN'})
  await expect(planInstall(fleet, {...FLEET, kind: 'systemd'}, machine.site)).rejects.toThrow(taken)
})

test("the machine's units are root's to write, and run as the home's owner", async () => {
  const {fleet, machine, install} = await here()
  const wish = {...FLEET, kind: 'systemd', scope: 'system'} as const
  const site = {...machine.site, uid: 1000}
  await expect(planInstall(fleet, wish, site)).rejects.toThrow(expect.objectContaining({code: 'NEEDS_ROOT'}))
  if (machine.site.uid !== 0) return
  await install(wish)
  const service = readFileSync(join(machine.dir, 'etc/systemd/system/mcos-northwind.service'), 'utf8')
  expect(service).toContain(`\nUser=${machine.site.user}\n`)
  expect(machine.calls()[0]).toBe('systemctl daemon-reload')
})

test('launchd: one property list, loaded anew when it changes', async () => {
  const {machine, install, remove} = await here()
  const wish = {...FLEET, kind: 'launchd', agent: 'donna'} as const
  const file = join(machine.dir, 'Library/LaunchAgents/mcos-northwind-donna.plist')
  await install(wish)
  expect((await install(wish)).commands).toEqual([])
  await install({...wish, everyMs: HALF_HOUR / 2})
  await remove({agent: 'donna'})
  const {uid} = machine.site
  expect(machine.calls()).toEqual([
    `launchctl bootstrap gui/${uid} ${file}`,
    `launchctl bootout gui/${uid} ${file}`,
    `launchctl bootstrap gui/${uid} ${file}`,
    `launchctl bootout gui/${uid} ${file}`,
  ])
  expect(existsSync(file)).toBe(false)
})

test('a rehearsal names every file and command, and touches nothing', async () => {
  const {fleet, machine} = await here()
  const plan = await planInstall(fleet, {...FLEET, kind: 'systemd'}, machine.site)
  const {files, commands} = await applyPlan(machine.site, plan, {dryRun: true})
  expect(files.map(({change}) => change)).toEqual(['made', 'made'])
  expect(commands.map(({ok}) => ok)).toEqual([null, null, null, null])
  expect(existsSync(join(machine.dir, '.config'))).toBe(false)
  expect(machine.calls()).toEqual([])
})

test('without a kind it is launchd on macOS, systemd where it answers, otherwise cron', async () => {
  const kindOn = async (how: Parameters<typeof scheduleMachine>[1]) => {
    const {fleet, machine} = await here({}, how)
    return (await planInstall(fleet, {...FLEET, kind: null}, machine.site)).schedules[0]?.kind
  }
  expect(await kindOn({platform: 'darwin'})).toBe('launchd')
  expect(await kindOn({})).toBe('systemd')
  expect(await kindOn({failing: ['systemctl']})).toBe('cron')
})

test('what beats would not have, or twice, is told before anything is written', async () => {
  const {fleet, machine, install, dir} = await here({
    files: {
      'mcos.yaml': [
        'version: 1\nname: northwind\nping: https://hc.example/x',
        'engines:\n  claude: {kind: anthropic, model: claude-sonnet-5-5, key: env:CLAUDE_KEY}',
        '  deepseek: {kind: openai, base_url: https://api.example, model: m, key: credential:DEEPSEEK}\n',
      ].join('\n'),
    },
  })
  const codes = async (wish: ScheduleWish) =>
    (await planInstall(fleet, wish, machine.site)).warnings.map(({code, fix}) => `${code}: ${fix}`)
  const ofCron = await codes({...FLEET, agent: 'donna'})
  expect(ofCron).toContain(
    'SECRETS_ENV: mcos secrets set CLAUDE_KEY   # then write keyring:CLAUDE_KEY in its place, or file:PATH',
  )
  expect(ofCron).toContain('NO_CREDENTIALS: mcos secrets set DEEPSEEK   # then write keyring:DEEPSEEK in its place')
  expect(ofCron).toContain('NO_PING: mcos service install')
  expect(ofCron).toContain(`PASSING: mv ${dir} ~/`)

  const ofSystemd = await codes({...FLEET, kind: 'systemd'})
  const store = join(machine.dir, '.config/credstore/DEEPSEEK')
  expect(ofSystemd).toContainEqual(expect.stringContaining(`NO_CREDENTIAL_FILE: install -D -m 600 /dev/stdin ${store}`))

  await install({...FLEET, kind: 'systemd'})
  expect(await codes(FLEET)).toContain('SECOND: mcos service remove --systemd')
  expect(await codes({...FLEET, agent: 'donna'})).not.toContainEqual(expect.stringContaining('NO_PING'))
})

test('beats as somebody else than the owner of the fleet are told of', async () => {
  const {fleet, machine} = await here()
  const site = {...machine.site, uid: 4242, user: 'nobody-here'}
  const {warnings} = await planInstall(fleet, FLEET, site)
  expect(warnings).toContainEqual(expect.objectContaining({code: 'OWNER', isGrave: true}))
})

test('a Node that is one version among others is told of, and stands there with its absolute path', async () => {
  const {fleet, machine} = await here()
  const node = '/home/ada/.nvm/versions/node/v22.1.0/bin/node'
  const plan = await planInstall(fleet, FLEET, {...machine.site, node})
  expect(plan.warnings).toContainEqual(expect.objectContaining({code: 'NODE_VERSION', isGrave: false}))
  expect(plan.crontab?.block.after).toContain(` ${node} `)
})

test('a variable that the crontab sets above the line is there for its beats', async () => {
  const {fleet, machine, install} = await here({
    files: {
      'mcos.yaml':
        'version: 1\nname: northwind\nengines:\n  claude: {kind: anthropic, model: claude-sonnet-5-5, key: env:CLAUDE_KEY}\n',
    },
  })
  machine.setCrontab('CLAUDE_KEY=x\n')
  const codes = async () => (await planInstall(fleet, FLEET, machine.site)).warnings.map(({code}) => code)
  expect(await codes()).not.toContain('SECRETS_ENV')
  await install(FLEET)
  expect(await codes()).not.toContain('SECRETS_ENV')
  machine.setCrontab((machine.crontab() ?? '').replace('CLAUDE_KEY=x\n', ''))
  expect(await codes()).toContain('SECRETS_ENV')
})

test('what is installed is shown with its next moment and the last beat', async () => {
  const {scene, fleet, machine, install} = await here()
  await install(FLEET)
  await install({...FLEET, agent: 'donna', everyMs: HALF_HOUR * 2})
  await scene.beatOne('jarvis')
  const {schedules} = await showSchedules(fleet, machine.site)
  expect(schedules).toMatchObject([
    {agent: null, every: '30m', next: '2026-11-21T09:00:00.000Z', last_beat: '2026-11-21T08:30:00.000Z', current: true},
    {agent: 'donna', every: '1h', next: '2026-11-21T09:00:00.000Z', last_beat: null, ours: true, line: 3},
  ])
  const moved = {...machine.site, mcos: '/elsewhere/bin/mcos.js'}
  expect((await readSchedules(fleet, moved)).map(({isCurrent}) => isCurrent)).toEqual([false, false])
})

async function here(options: SceneOptions = {}, how: Parameters<typeof scheduleMachine>[1] = {}): Promise<Here> {
  const scene = openScene(options)
  const fleet = await scene.open()
  const machine = scheduleMachine(fleet, how)
  const apply = async (plan: Awaited<ReturnType<typeof planInstall>>) => applyPlan(machine.site, plan, {dryRun: false})
  return {
    ...{scene, fleet, machine, dir: scene.dir},
    install: async (wish) => apply(await planInstall(fleet, wish, machine.site)),
    remove: async ({agent = null}) =>
      apply(await planRemove(fleet, {kinds: ['systemd', 'launchd', 'cron'], agent}, machine.site)),
  }
}

interface Here {
  readonly scene: ReturnType<typeof openScene>
  readonly fleet: Fleet
  readonly machine: ScheduleMachine
  readonly dir: string
  install(wish: ScheduleWish): Promise<ServiceChange>
  remove(what: {readonly agent?: string}): Promise<ServiceChange>
}
