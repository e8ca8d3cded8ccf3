import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {readStop} from '../guard/stop.js'
import {UserError} from '../kit/errors.js'
import {openFleet} from './fleet.js'
import {stopFleet} from './stop.js'

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
