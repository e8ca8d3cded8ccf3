import {renameSync, rmSync, utimesSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openApprovalScene} from '../../../testing/approval-scene.js'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {isUnfollowed, landingAt} from './landings.js'

test('a message, a park that has gone and an answer wake their agent, and a stop file is a stop', async () => {
  const scene = openApprovalScene()
  const fleet = await scene.open()
  const at = (rel: string) => landingAt(fleet, {path: join(scene.dir, rel), isGone: false})
  scene.write('workspaces/donna/inbox/new/a.md', 'x\n')
  expect(at('workspaces/donna/inbox/new/a.md')).toEqual({kind: 'wake', agent: 'donna'})
  rmSync(join(scene.dir, 'workspaces/donna/inbox/new/a.md'))
  expect(at('workspaces/donna/inbox/new/a.md')).toBeNull()
  expect(at('workspaces/jarvis/PARKED.md')).toEqual({kind: 'wake', agent: 'jarvis'})
  scene.write('workspaces/jarvis/PARKED.md', 'who: ada\n')
  expect(at('workspaces/jarvis/PARKED.md')).toBeNull()
  const id = await scene.raise()
  await scene.answer(id)
  expect(at(`approvals/${id}/answer.md`)).toEqual({kind: 'wake', agent: 'donna'})
  expect([at(`approvals/${id}/request.md`), at('approvals/unknown/answer.md')]).toEqual([null, null])
  const gone = {path: join(scene.dir, `approvals/${id}/answer.md`), isGone: true}
  expect(landingAt(fleet, gone)).toBeNull()
  expect(at('.mcos/STOP')).toEqual({kind: 'stop'})
  for (const rel of ['workspaces/nobody/inbox/new/a.md', 'workspaces/donna/inbox/cur/a.md', 'mcos.yaml', '.mcos/STOPX'])
    expect(at(rel)).toBeNull()
})

test('only the ways to what may land are followed', async () => {
  const scene = openScene()
  const fleet = await scene.open()
  const isFollowed = (rel: string) => !isUnfollowed(fleet)(rel === '' ? scene.dir : join(scene.dir, rel))
  const followed = [
    '',
    'workspaces',
    'workspaces/donna',
    'workspaces/donna/inbox',
    'workspaces/donna/inbox/new',
    'workspaces/donna/inbox/new/a.md',
    'workspaces/donna/PARKED.md',
    'workspaces/made-later/inbox/new/a.md',
    'approvals/01X/answer.md',
    '.mcos',
    '.mcos/STOP',
  ]
  const others = [
    'wiki',
    'workspaces/donna/memory',
    'workspaces/donna/memory/a.md',
    'workspaces/donna/inbox/done',
    'workspaces/donna/inbox/cur/a.md',
    'approvals/01X/request.md',
    '.mcos/runs',
    '.mcos/locks/donna.lock',
    '.git',
    'node_modules',
  ]
  expect(followed.filter((rel) => !isFollowed(rel))).toEqual([])
  expect(others.filter(isFollowed)).toEqual([])

  // Years of approvals are nothing to wait at.
  scene.write('approvals/01X/answer.md', 'x\n')
  expect(isFollowed('approvals/01X')).toBe(true)
  utimesSync(join(scene.dir, 'approvals/01X/answer.md'), 1, 1)
  expect(isFollowed('approvals/01X')).toBe(false)
})

test('an agent in its home\u2019s own folder, and one that mcos.yaml puts elsewhere, are followed where they lie', async () => {
  const flat = openScene({
    files: {'mcos.yaml': 'version: 1\nname: north\nagents: { donna: { path: . }, flow: { path: team/flow } }\n'},
  })
  renameSync(join(flat.dir, 'workspaces'), join(flat.dir, 'elsewhere'))
  const fleet = await flat.open()
  flat.write('inbox/new/a.md', 'x\n')
  flat.write('team/flow/inbox/new/a.md', 'x\n')
  const at = (rel: string) => landingAt(fleet, {path: join(flat.dir, rel), isGone: false})
  expect(at('inbox/new/a.md')).toEqual({kind: 'wake', agent: 'donna'})
  expect(at('team/flow/inbox/new/a.md')).toEqual({kind: 'wake', agent: 'flow'})
  const isFollowed = (rel: string) => !isUnfollowed(fleet)(join(flat.dir, rel))
  expect(
    ['inbox/new', 'team', 'team/flow', 'team/flow/inbox/new', 'PARKED.md'].filter((rel) => !isFollowed(rel)),
  ).toEqual([])
  expect(['memory', 'elsewhere', '.git', 'team/other'].filter(isFollowed)).toEqual([])
})
