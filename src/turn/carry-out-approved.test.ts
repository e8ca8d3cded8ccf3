import {rmSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openApprovalScene} from '../../testing/approval-scene.js'
import {carryIn, type Death, type Outside} from '../../testing/carry-scene.js'
import {readTool} from './tools/read-file.js'

const ASKS =
  '---\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  ask: [deploy, write, read]\n---\n# Donna\n'
const DEPLOY = {verb: 'deploy', target: 'app', args: {tool: 'deploy', input: {target: 'app'}}}

async function approved(ask = DEPLOY) {
  const scene = openApprovalScene({files: {'workspaces/donna/SOUL.md': ASKS}})
  const id = await scene.raise(ask)
  await scene.answer(id)
  const outside: Outside = {deployed: []}
  const log = () =>
    scene
      .list('workspaces/donna/memory')
      .map((name) => scene.read(`workspaces/donna/memory/${name}`))
      .join('')
  return {scene, id, outside, log}
}

test('what leaves the fleet is marked as spent first, then done with its key, then told', async () => {
  const {scene, id, outside, log} = await approved()
  const before = scene.countCommits()
  expect(await carryIn(scene, outside)).toMatchObject({news: [{id, outcome: 'done', detail: 'deployed app'}]})
  expect(outside.deployed).toEqual([{target: 'app', key: `mcos-approval-${id}`}])
  expect(scene.countCommits()).toBe(before + 2)
  expect(scene.git('show', '--name-only', '--format=', 'HEAD~1')).toContain(`approvals/${id}/used.md`)
  expect(scene.git('show', '--name-only', '--format=', 'HEAD')).not.toContain('used.md')
  expect(scene.read(`approvals/${id}/used.md`)).toContain(`key: mcos-approval-${id}`)
  expect(log()).toMatch(new RegExp(`approval ${id}: begins: deploy app[\\s\\S]*approval ${id}: deploy app: done`))
  expect(await carryIn(scene, outside)).toMatchObject({news: []})
  expect(outside.deployed).toHaveLength(1)
})

test.each<[Death, number, string]>([
  ['before-mark', 1, 'done'],
  ['after-mark', 0, 'unseen'],
  ['before-effect', 0, 'unseen'],
  ['after-effect', 1, 'unseen'],
  ['before-result', 1, 'unseen'],
])('a process that dies %s leaves %i effects, and the next one says: %s', async (death, times, outcome) => {
  const {scene, id, outside, log} = await approved()
  expect(await carryIn(scene, outside, {death})).toBe('killed')
  expect(await carryIn(scene, outside)).toMatchObject({news: [{id, outcome}]})
  expect(await carryIn(scene, outside)).toMatchObject({news: []})
  expect(outside.deployed).toHaveLength(times)
  expect(log()).toContain(`approval ${id}: deploy app: ${outcome}`)
  expect(await scene.statusOf(id)).toBe('used')
})

test('what fails outside is told, and the yes is spent', async () => {
  const {scene, id, outside} = await approved({
    ...DEPLOY,
    target: 'impossible',
    args: {tool: 'deploy', input: {target: 'impossible'}},
  })
  expect(await carryIn(scene, outside)).toMatchObject({news: [{id, outcome: 'failed', detail: 'the server says no'}]})
  expect(await carryIn(scene, outside)).toMatchObject({news: []})
})

test('a tool that is not there any more does nothing', async () => {
  const {scene, outside} = await approved({...DEPLOY, args: {tool: 'rocket', input: {target: 'app'}}})
  expect(await carryIn(scene, outside)).toMatchObject({
    news: [{outcome: 'failed', detail: 'there is no tool "rocket"'}],
  })
  expect(outside.deployed).toEqual([])
})

test('files and their mark are one commit: a death before it leaves neither, and the next one does both', async () => {
  const path = 'workspaces/donna/letter.md'
  const {scene, id, outside} = await approved({
    verb: 'write',
    target: path,
    args: {tool: 'write', input: {path, content: 'Dear\n'}} as never,
  })
  expect(await carryIn(scene, outside, {death: 'before-mark'})).toBe('killed')
  expect([scene.list('workspaces/donna'), scene.list(`approvals/${id}`)].flat()).not.toEqual(
    expect.arrayContaining(['letter.md', 'used.md']),
  )
  expect(await carryIn(scene, outside)).toMatchObject({news: [{id, outcome: 'done'}]})
  expect(scene.read(path)).toBe('Dear\n')
})

test('a secret that was approved to be read is told to no later turn', async () => {
  const path = 'workspaces/donna/credentials.json'
  const {scene, id, outside} = await approved({
    verb: 'read',
    target: path,
    args: {tool: 'read', input: {path}},
  } as never)
  scene.write(path, 'sesame-open-4711\n')
  scene.commitAll()
  const ended = await carryIn(scene, outside, {tools: () => [readTool]})
  expect(ended).toMatchObject({news: [{id, outcome: 'done', detail: expect.stringContaining('is a secret')}]})
  expect(JSON.stringify(ended)).not.toContain('sesame')
})

test('while it is stopped nothing that was approved is done, and once it goes on, all of it is', async () => {
  const {scene, id, outside} = await approved()
  scene.write('.mcos/STOP.donna', '')
  const before = scene.countCommits()
  expect(await carryIn(scene, outside)).toMatchObject({news: []})
  expect([outside.deployed, scene.countCommits()]).toEqual([[], before])
  rmSync(`${scene.dir}/.mcos/STOP.donna`)
  expect(await carryIn(scene, outside)).toMatchObject({news: [{id, outcome: 'done'}]})
  expect(outside.deployed).toHaveLength(1)
})
