import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {statusOf} from '../app/status.js'
import {presentChanges} from './status-changes.js'

test('each change is a line with its time; a second look at the same has none', async () => {
  const scene = openScene()
  const look = async () => statusOf(await scene.open(), () => true)
  const before = await look()
  await scene.send('donna', 'Hello')
  scene.write('.mcos/STOP.jarvis', '')
  scene.write('workspaces/flow/SOUL.md', '# Flow\n')
  const after = await look()
  expect(presentChanges(before, after)).toEqual([
    '08:30 donna: 1 message unread',
    '08:30 flow: is new here',
    '08:30 jarvis: new → stopped',
  ])
  expect(presentChanges(after, after)).toEqual([])
  expect(presentChanges(after, before)).toContain('08:30 flow: is gone')
})
