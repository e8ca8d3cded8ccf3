import {cpSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {expect, onTestFinished, test, vi} from 'vitest'
import {openApprovalScene} from '../../../testing/approval-scene.js'
import type {Fleet} from '../../workspace/fleet.js'
import {Following} from './following.js'
import {type Landing, landingAt} from './landings.js'

test('what lands is heard where there was no such folder before, and in a workspace that is made later', async () => {
  const scene = openApprovalScene()
  const {hears} = await follow(await scene.open())
  await hears({kind: 'wake', agent: 'jarvis'}, () => scene.send('jarvis', 'Hello'))
  await hears({kind: 'wake', agent: 'donna'}, async () => scene.answer(await scene.raise()))
  await hears({kind: 'wake', agent: 'gene'}, () => scene.write('workspaces/gene/inbox/new/a.md', 'x\n'))
  await hears({kind: 'stop'}, () => scene.write('.mcos/STOP', 'who: ada\n'))
  await hears({kind: 'stop'}, () => rmSync(join(scene.dir, '.mcos/STOP')))
})

test('what lay there before is no news, whatever else is not there yet', async () => {
  const scene = openApprovalScene()
  scene.send('jarvis', 'Hello')
  const {heard} = await follow(await scene.open())
  await sleep(300)
  expect(heard).toEqual([])
})

test('a home that was away or is another one, and an agent that mcos.yaml puts elsewhere, are followed after the next look', async () => {
  const scene = openApprovalScene()
  const fleet = await scene.open()
  const {following, hears, gone} = await follow(fleet)
  renameSync(scene.dir, `${scene.dir}-away`)
  await vi.waitFor(() => expect(gone).toContain(scene.dir), {timeout: 60_000})
  renameSync(`${scene.dir}-away`, scene.dir)
  await following.renew(fleet)
  await hears({kind: 'wake', agent: 'jarvis'}, () => scene.write('workspaces/jarvis/inbox/new/a.md', 'x\n'))

  // As by a restore from a backup, faster than anybody can see it go.
  cpSync(scene.dir, `${scene.dir}-copy`, {recursive: true})
  renameSync(scene.dir, `${scene.dir}-before`)
  renameSync(`${scene.dir}-copy`, scene.dir)
  onTestFinished(() => rmSync(`${scene.dir}-before`, {recursive: true}))
  await following.renew(fleet)
  await hears({kind: 'wake', agent: 'jarvis'}, () => scene.write('workspaces/jarvis/inbox/new/b.md', 'x\n'))

  scene.write('team/flow/SOUL.md', '# Flow\n')
  scene.write('mcos.yaml', 'version: 1\nname: north\nagents: { flow: { path: team/flow } }\n')
  const other = await scene.open()
  await following.renew(other)
  const landing = {kind: 'wake', agent: 'flow'} as const
  await hears(landing, () => scene.write('team/flow/inbox/new/a.md', 'x\n'), other)
})

async function follow(fleet: Fleet) {
  const heard: Landing[] = []
  const gone: string[] = []
  let now = fleet
  const following = new Following({
    listen: (path, isGone) => {
      if (isGone) gone.push(path)
      const landing = landingAt(now, {path, isGone})
      if (landing) heard.push(landing)
    },
    fail: (error) => {
      throw error
    },
  })
  await following.renew(fleet)
  onTestFinished(() => following.close())
  const hears = async (landing: Landing, act: () => unknown, known = fleet): Promise<void> => {
    now = known
    heard.splice(0)
    await act()
    await vi.waitFor(() => expect(heard).toContainEqual(landing), {timeout: 60_000})
  }
  return {following, heard, gone, hears}
}
