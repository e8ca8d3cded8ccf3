import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'

test('of 32 beats at once one takes the turn, the others are busy or find nothing, and no lock stays', async () => {
  const scene = openScene()
  await scene.send('donna', 'Hello')
  const before = scene.countCommits()
  const results = await Promise.all(Array.from({length: 32}, () => scene.beatOne('donna')))
  const states = results.map(({state, reason}) => (state === 'skipped' ? reason : state))
  expect(states.filter((state) => state === 'worked')).toHaveLength(1)
  expect(new Set(states.filter((state) => state !== 'worked'))).toEqual(new Set(['busy']))
  expect(scene.countCommits()).toBe(before + 1)
  expect(scene.receipts()).toHaveLength(32)
  expect(readdirSync(join(scene.dir, '.mcos/locks')).filter((name) => name.endsWith('.lock'))).toEqual([])
  expect(readdirSync(join(scene.dir, '.mcos/staging'))).toEqual([])
})

test('a beat that finds its agent busy lists every section, and what is due stays due', async () => {
  const scene = openScene()
  await scene.send('donna', 'Hello')
  const results = await Promise.all([scene.beatOne('donna'), scene.beatOne('donna')])
  const busy = results.find(({reason}) => reason === 'busy')
  expect(busy?.checks).toMatchObject([{due: true, status: 'not-due', detail: 'due, and not looked at: busy'}])
})

test('two agents that relay to the same one at once both reach it, each in a commit of its own', async () => {
  const soul = (name: string) => `---\nreports_to: jarvis\ncontract:\n  may: [message]\n---\n# ${name}\n`
  const scene = openScene({files: {'workspaces/donna/SOUL.md': soul('Donna')}})
  await scene.send('donna', 'The bank is down', {priority: 'urgent'})
  scene.write('workspaces/gene/SOUL.md', soul('Gene'))
  scene.write('workspaces/gene/HEARTBEAT.md', '## Every heartbeat\n- `inbox`\n')
  scene.addKey('gene')
  scene.commitAll()
  await scene.send('gene', 'The disk is full', {priority: 'urgent'})
  const before = scene.countCommits()
  const {report} = await scene.beat(['donna', 'gene'])
  expect(report.agents.map(({state}) => state)).toEqual(['worked', 'worked'])
  expect(scene.countCommits()).toBe(before + 2)
  expect(scene.list('workspaces/jarvis/inbox/new')).toHaveLength(2)
  expect(scene.git('status', '--porcelain')).toBe('')
})

test('an agent of another machine is left to it, and listed with its sections', async () => {
  const scene = openScene({files: {'workspaces/donna/SOUL.md': '---\nhost: elsewhere\n---\n# Donna\n'}})
  await scene.send('donna', 'Hello')
  expect(await scene.beatOne('donna')).toMatchObject({
    state: 'skipped',
    reason: 'not-here',
    checks: [{title: 'Every heartbeat', status: 'not-due'}],
  })
  expect(existsSync(join(scene.dir, '.mcos/beats/donna.json'))).toBe(false)
})
