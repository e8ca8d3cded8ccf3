import {userInfo} from 'node:os'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {readStop} from '../guard/stop.js'
import {UserError} from '../kit/errors.js'
import {openFleet} from './fleet.js'
import {resumeFleet, stopFleet} from './stop.js'

test('a full disk keeps nothing from being stopped', async () => {
  const scene = openScene()
  const fleet = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  const full = Object.assign(Object.create(fleet.mcos), {
    dir: fleet.mcos.dir,
    write: () => {
      throw new UserError('the disk is full', {code: 'DISK_FULL', fix: 'df -h'})
    },
  })
  expect(stopFleet({...fleet, mcos: full}, {agent: null, why: null})).toMatchObject({changed: true})
  expect(readStop(fleet.mcos, 'donna')).toMatchObject({scope: 'fleet'})
  expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'stopped'})
})

test('the file says who stopped it, when and why, and a second stop changes nothing of it', async () => {
  const scene = openScene({files: {'mcos.yaml': 'version: 1\nname: northwind\npeople: { ada: { via: [terminal] } }\n'}})
  const fleet = await scene.open()
  expect(stopFleet(fleet, {agent: 'donna', why: 'odd\ndrafts'})).toEqual({
    agent: 'donna',
    stopped: true,
    file: '.mcos/STOP.donna',
    changed: true,
    holding: ['.mcos/STOP.donna'],
  })
  const said = scene.read('.mcos/STOP.donna')
  expect(said).toMatch(/^who: \S+\nwhen: 2026-11-21T08:30:00\.000Z\nwhy: odd drafts\n$/)
  expect(stopFleet(fleet, {agent: 'donna', why: 'again'}).changed).toBe(false)
  expect(scene.read('.mcos/STOP.donna')).toBe(said)
  expect((await scene.beatOne('jarvis')).state).toBe('idle')
})

test('an agent that stops itself is named, and no doubt about a name keeps anybody from stopping', async () => {
  // The person at this machine is called like an agent, which elsewhere is an error.
  const people = `people: { donna: { via: ["terminal:${userInfo().username}"] } }\n`
  const scene = openScene({files: {'mcos.yaml': `version: 1\nname: northwind\n${people}`}})
  const fleet = await scene.open()
  stopFleet(fleet, {agent: 'donna', why: null})
  expect(scene.read('.mcos/STOP.donna')).toContain('who: somebody')
  stopFleet({...fleet, env: {MCOS_AGENT: 'donna'}}, {agent: null, why: null})
  expect(scene.read('.mcos/STOP')).toContain('who: donna')
})

test('an agent stays stopped as long as the fleet is, and the fleet goes on without those stopped one by one', async () => {
  const scene = openScene()
  const fleet = await scene.open()
  stopFleet(fleet, {agent: null, why: null})
  stopFleet(fleet, {agent: 'donna', why: null})
  expect(resumeFleet(fleet, 'jarvis')).toMatchObject({changed: false, stopped: true, holding: ['.mcos/STOP']})
  expect(resumeFleet(fleet, null)).toMatchObject({changed: true, stopped: false, holding: ['.mcos/STOP.donna']})
  expect((await scene.beat()).report.agents.map(({state}) => state)).toEqual(['skipped', 'idle'])
  expect(resumeFleet(fleet, 'donna')).toMatchObject({changed: true, stopped: false, holding: []})
})
