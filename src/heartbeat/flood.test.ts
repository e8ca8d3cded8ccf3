import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {openFleet} from '../app/fleet.js'
import {makeKeyPair} from '../bus/keys.js'
import {planSend} from '../bus/send.js'

test('a flood of messages is worked off in several beats, the urgent one first, and none is lost', async () => {
  const scene = openScene()
  const {home} = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  const {privateKey, publicKey} = makeKeyPair()
  scene.write('keys/ada.pub', publicKey)
  for (let count = 0; count < 250; count++) {
    const draft = {
      from: 'ada',
      to: 'donna',
      body: `Note ${count}`,
      priority: count === 249 ? ('urgent' as const) : ('low' as const),
    }
    for (const change of planSend(home, draft, {clock: scene.clock, privateKey}).changes) {
      if (change.kind === 'write') scene.write(change.path, change.content)
    }
  }
  await scene.beatOne('donna')
  expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(50)
  expect(scene.list('workspaces/jarvis/inbox/new')).toHaveLength(1)
  await scene.beatOne('donna')
  expect(scene.list('workspaces/donna/inbox/new')).toEqual([])
  expect(scene.list('workspaces/donna/inbox/cur')).toHaveLength(249)
})
