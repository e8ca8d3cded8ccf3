import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {mcos, type Ran} from '../../../testing/built-mcos.js'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {type ScheduleMachine, scheduleMachine} from '../../../testing/schedule-machine.js'

test('a schedule is shown, installed with a yes, shown again and taken away', async () => {
  const {machine, run, dir} = await here()
  expect((await run('show')).stdout).toMatch(
    /^Nothing on .* starts heartbeats of northwind\.\n {2}mcos service install --dry-run\n$/,
  )

  const asked = await run('install', '--cron')
  expect(asked.code).toBe(1)
  expect(asked.stderr).toContain(`warning: ${dir} lies where things are cleared away by themselves`)
  expect(asked.stderr).toContain('mcos service install --yes')
  const fixes = asked.stderr.split('\n').filter((line) => line.startsWith('  '))
  expect(new Set(fixes).size).toBe(fixes.length)
  expect(machine.crontab()).toBeNull()

  const done = await run('install', '--cron', '--yes', '--every', '15m')
  expect(done.code).toBe(0)
  expect(done.stdout).toMatch(
    /^Wrote your crontab\n[\s\S]*cron beats every agent every 15m\. When next: mcos service show\n$/,
  )
  expect((await run('install', '--cron', '--yes', '--every', '15m')).stdout).toContain('It is there already')

  const shown = await run('show')
  expect(shown.stdout).toMatch(
    /^KIND +BEATS +EVERY +NEXT \(UTC\) +LAST BEAT \(UTC\) +STATE +WHERE\ncron +every agent +15m +\d{4}-.* +fine +crontab:2\n$/,
  )
  expect((await run('remove', '--dry-run')).stdout).toMatch(
    /^Would go from your crontab:\n[\s\S]*Nothing was changed\.\n$/,
  )
  expect((await run('remove')).stdout).toBe('Took our lines out of your crontab\n')
  expect(machine.crontab()).toBeNull()
  expect((await run('remove')).stdout).toBe('There is no schedule of mcos to take away.\n')
})

test('a systemd that does not answer costs the commands, not the files', async () => {
  const {machine, run} = await here(['systemctl'])
  const {code, stdout} = await run('install', 'donna', '--systemd', '--yes')
  expect(code).toBe(1)
  expect(stdout).toContain('This did not go well: exit 1\n  systemctl --user daemon-reload\n')
  expect(existsSync(join(machine.dir, '.config/systemd/user/mcos-northwind-donna.timer'))).toBe(true)
})

test('programs read what was done, and what each schedule is', async () => {
  const {run, dir} = await here()
  const change = JSON.parse((await run('install', '--cron', '--yes', '--json')).stdout)
  expect(change).toMatchObject({
    dry_run: false,
    schedules: [{kind: 'cron', scope: 'user', agent: null, every: '30m'}],
    files: [{file: 'crontab', change: 'made', before: null}],
    commands: [],
  })
  const report = JSON.parse((await run('show', '--json')).stdout)
  expect(report).toMatchObject({
    fleet: 'northwind',
    home: dir,
    schedules: [{kind: 'cron', every: '30m', line: 2, current: true}],
  })
})

test('only a person installs and removes', async () => {
  const {run} = await here()
  for (const verb of ['install', 'remove']) {
    const {code, stderr} = await run(verb, {env: {MCOS_AGENT: 'donna'}})
    expect(code).toBe(3)
    expect(stderr).toContain('Only a person')
  }
})

test.each([[['--cron', '--systemd']], [['--cron', '--system']], [['--every', '45m']], [['nobody']]])(
  'install %j is wrong usage',
  async (args) => {
    const {run} = await here()
    expect((await run('install', ...args)).code).toBe(2)
  },
)

interface Here {
  readonly machine: ScheduleMachine
  readonly dir: string
  run(verb: string, ...args: (string | {readonly env: Readonly<Record<string, string>>})[]): Promise<Ran>
}

async function here(failing: readonly string[] = []): Promise<Here> {
  const scene = openScene()
  const machine = scheduleMachine(await scene.open(), {failing})
  const own = {PATH: `${machine.bin}:${process.env['PATH']}`, HOME: machine.dir}
  return {
    ...{machine, dir: scene.dir},
    run: (verb, ...args) => {
      const env = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.env]))
      const words = args.filter((arg) => typeof arg === 'string')
      return mcos(['service', verb, ...words], {cwd: scene.dir, env: Object.assign({}, own, ...env)})
    },
  }
}
