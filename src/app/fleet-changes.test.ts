import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {cleanEnv} from '../../testing/built-mcos.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {planTrust, readTrust} from '../guard/trust.js'
import {systemClock} from '../kit/clock.js'
import {tryLock} from '../kit/lock.js'
import {findAgent, listAgents} from '../workspace/agents.js'
import {openFleet} from './fleet.js'
import {renameAgent, retireAgent} from './fleet-changes.js'
import {initAgent, initFleet} from './init.js'

async function makeFleet(template = 'mission-control') {
  const cwd = tempFolder()
  const around = {cwd, env: cleanEnv(cwd)}
  const {home} = await initFleet({dir: join(cwd, 'fleet'), template, person: 'ada'}, around)
  const open = () => openFleet({home, ...around})
  const git = (...args: string[]) => execFileSync('git', args, {cwd: home, env: cleanEnv(cwd), encoding: 'utf8'})
  return {home, open, git, around, read: (file: string) => readFileSync(join(home, file), 'utf8')}
}

test('a rename takes folder, contracts, those who report and the key along, in one commit', async () => {
  const {open, git, read, home} = await makeFleet()
  const renamed = renameAgent(await open(), {from: 'jarvis', to: 'alfred'})
  expect(renamed).toMatchObject({from: 'jarvis', to: 'alfred', path: 'workspaces/alfred'})
  expect(git('log', '--format=%s')).toBe('Rename jarvis to alfred\nBegin the fleet fleet\n')
  expect(git('status', '--porcelain')).toBe('')
  expect(existsSync(join(home, 'workspaces/jarvis'))).toBe(false)
  expect(read('workspaces/donna/SOUL.md')).toContain('reports_to: alfred\n')
  expect(read('workspaces/alfred/SOUL.md')).toMatch(/writes: \[.workspaces\/alfred\/\*\*./)
  expect(read('keys/alfred.pub')).toBe(read('keys/jarvis.pub'))
  expect(read('.mcos/keys/alfred.key')).toBe(read('.mcos/keys/jarvis.key'))
  expect(listAgents((await open()).home).map(({name}) => name)).toEqual(['alfred', 'donna', 'flow', 'gene', 'sentinel'])
})

test('what this machine knows of an agent holds under its new name too, a stop above all', async () => {
  const {open, home, read} = await makeFleet()
  const fleet = await open()
  const trusted = planTrust(readTrust(fleet.mcos), {
    agent: 'gene',
    texts: [{kind: 'run', text: 'run: true'}],
    at: '2026-11-21T08:00:00Z',
    by: 'ada',
  })
  fleet.mcos.write(trusted.path, trusted.content, {mode: 0o600})
  fleet.mcos.write('STOP.gene', 'who: ada\n')
  renameAgent(fleet, {from: 'gene', to: 'otto'})
  expect(readTrust(fleet.mcos).agents.get('otto')).toMatchObject([{kind: 'run', text: 'run: true'}])
  expect(read('.mcos/STOP.otto')).toBe('who: ada\n')
  expect(existsSync(join(home, '.mcos/STOP.gene'))).toBe(true)
})

test('a listed agent keeps its place in mcos.yaml under its new name', async () => {
  const {open, read} = await makeFleet('northwind')
  renameAgent(await open(), {from: 'donna', to: 'iris'})
  expect(read('mcos.yaml')).not.toContain('donna')
  expect((await open()).home.config.agents).toMatchObject({iris: {path: 'iris'}})
})

test('a name that was somebody\u2019s is not given to anybody else, and can be taken back', async () => {
  const {open, home, around} = await makeFleet()
  renameAgent(await open(), {from: 'donna', to: 'iris'})
  await expect(initAgent({home, name: 'donna', template: 'blank'}, around)).rejects.toThrow(
    'a name with a key of its own',
  )
  expect(renameAgent(await open(), {from: 'iris', to: 'donna'})).toMatchObject({to: 'donna'})
})

test('a rename onto somebody, or in the middle of a turn, changes nothing', async () => {
  const {open, git} = await makeFleet()
  const fleet = await open()
  expect(() => renameAgent(fleet, {from: 'donna', to: 'gene'})).toThrow('gene is an agent of this fleet already')
  expect(() => renameAgent(fleet, {from: 'donna', to: 'ada'})).toThrow('ada is one of the people')
  expect(() => renameAgent(fleet, {from: 'nobody', to: 'x'})).toThrow('There is no agent nobody')
  const turn = tryLock(fleet.mcos, 'donna', {clock: systemClock})
  expect(() => renameAgent(fleet, {from: 'donna', to: 'iris'})).toThrow('in the middle of a turn')
  if ('lock' in turn) turn.lock.release()
  expect(git('status', '--porcelain')).toBe('')
  expect(git('log', '--format=%s').trim().split('\n')).toHaveLength(1)
})

test('lines that a person has not committed stop a rename', async () => {
  const {open, home, git} = await makeFleet()
  writeFileSync(join(home, 'workspaces/donna/USER.md'), 'my own words\n')
  const fleet = await open()
  expect(() => renameAgent(fleet, {from: 'donna', to: 'iris'})).toThrow('not committed yet')
  expect(git('status', '--porcelain')).toBe(' M workspaces/donna/USER.md\n')
})

test('who retires is kept, its key too, and what still names it is told', async () => {
  const {open, git, home} = await makeFleet()
  const retired = retireAgent(await open(), 'jarvis')
  expect(retired.path).toBe('retired/jarvis')
  expect(retired.notes).toEqual(
    ['donna', 'flow', 'gene', 'sentinel'].map((name) => `${name} reports to jarvis: set reports_to in its SOUL.md`),
  )
  expect(existsSync(join(home, 'retired/jarvis/SOUL.md'))).toBe(true)
  expect(existsSync(join(home, 'workspaces/jarvis'))).toBe(false)
  expect(existsSync(join(home, 'keys/jarvis.pub'))).toBe(true)
  expect(git('status', '--porcelain')).toBe('')
  expect(listAgents((await open()).home)).toHaveLength(4)
  const {home: left} = await open()
  expect(() => findAgent(left, 'jarvis')).toThrow('jarvis has retired; what it left is in retired/jarvis.')
})
