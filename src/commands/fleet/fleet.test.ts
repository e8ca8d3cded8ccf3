import {afterEach, expect, test, vi} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {runCommand} from '../../../testing/run-command.js'
import FleetList from './list.js'
import FleetPark from './park.js'
import FleetSweep from './sweep.js'
import FleetWake from './wake.js'

afterEach(() => vi.unstubAllEnvs())

test('agents are parked, listed and woken by one command each', async () => {
  const {dir} = openScene()
  const json = async (run: Promise<{stdout: string}>) => JSON.parse((await run).stdout)
  const at = ['--home', dir, '--json']
  const parked = await json(runCommand(FleetPark, ['donna', 'jarvis', '--why', 'on leave', ...at]))
  expect(parked.agents).toMatchObject([
    {agent: 'donna', parked: true, why: 'on leave', changed: true, commit: expect.stringMatching(/^[0-9a-f]{40}$/)},
    {agent: 'jarvis', parked: true, changed: true},
  ])
  expect(await json(runCommand(FleetList, at))).toMatchObject({
    fleet: 'northwind',
    agents: [
      {agent: 'donna', state: 'parked', parked: 'on leave', path: 'workspaces/donna'},
      {agent: 'jarvis', state: 'parked'},
    ],
  })
  const woken = await json(runCommand(FleetWake, ['donna', ...at]))
  expect(woken.agents).toMatchObject([{agent: 'donna', parked: false, why: null, changed: true}])
})

test('a name that is none is a wrong usage, with the nearest one', async () => {
  const {dir} = openScene()
  for (const command of [FleetPark, FleetWake]) {
    const {code, stderr} = await runCommand(command, ['donan', '--home', dir])
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean donna?')])
  }
})

test('only a person parks, wakes and sweeps', async () => {
  const {dir, git} = openScene()
  vi.stubEnv('MCOS_AGENT', 'donna')
  expect((await runCommand(FleetPark, ['jarvis', '--home', dir])).code).toBe(3)
  expect((await runCommand(FleetWake, ['donna', '--home', dir])).code).toBe(3)
  expect((await runCommand(FleetSweep, ['--home', dir])).code).toBe(3)
  expect(git('status', '--porcelain')).toBe('')
})

test('a sweep shows its plan first, and then does it', async () => {
  const scene = openScene()
  scene.write('workspaces/.adopting-gene/SOUL.md', '# Gene\n')
  const run = (...args: string[]) => runCommand(FleetSweep, [...args, '--home', scene.dir])
  expect((await run('--dry-run')).stdout).toBe(
    'workspaces/.adopting-gene  7 B  copies of an adoption that was killed\nThis would free up to 7 B: mcos fleet sweep\n',
  )
  expect(scene.list('workspaces')).toContain('.adopting-gene')
  expect(await run()).toMatchObject({code: 0, stdout: expect.stringMatching(/\n7 B freed\.\n$/)})
  expect((await run()).stdout).toBe('There is nothing to sweep.\n')
})
