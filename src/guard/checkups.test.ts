import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {examineEnforced} from './checkups.js'

const OPEN = '---\ncontract:\n  commands: [sh]\n  unsandboxed: true\n---\n# Donna\n'

test('where programs run in a sandbox, approvals are enforced', async () => {
  const fleet = await openScene().open()
  expect((await examineEnforced(fleet, true)).troubles).toEqual([])
})

test('a contract that lets programs run without one is told as unenforced, and so is a machine without one', async () => {
  const fleet = await openScene({files: {'workspaces/donna/SOUL.md': OPEN}}).open()
  const [one, ...more] = (await examineEnforced(fleet, true)).troubles
  expect(more).toEqual([])
  expect(one).toMatchObject({status: 'warn', fix: expect.stringContaining('workspaces/donna/SOUL.md')})
  expect(one?.detail).toMatch(/^unenforced: workspaces\/donna\/SOUL\.md says "unsandboxed: true"/)
  const without = (await examineEnforced(fleet, false)).troubles
  expect(without.map(({detail}) => detail.split(',')[0])).toEqual([
    'unenforced: there is no sandbox (bubblewrap) on this machine',
    'unenforced: workspaces/donna/SOUL.md says "unsandboxed: true"',
  ])
})
