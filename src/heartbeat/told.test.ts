import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'

const isTold = ({tellable}: {tellable: ReadonlySet<string>}): boolean => tellable.has('donna')

test('a failure is told once, again when it changes, and again when it comes back after its end', async () => {
  const scene = openScene()
  const good = scene.read('workspaces/donna/SOUL.md')
  const told: boolean[] = []
  for (const text of [
    '---\ncontract: [\n---\n',
    '---\ncontract: [\n---\n',
    '---\ncontract: 7\n---\n',
    good,
    '---\ncontract: 7\n---\n',
  ]) {
    scene.write('workspaces/donna/SOUL.md', text)
    told.push(isTold(await scene.beat(['donna'])))
  }
  expect(told).toEqual([true, false, true, false, true])
  const reasons = scene.receipts().map(({reason}) => reason?.startsWith('still: '))
  expect(reasons).toEqual([false, true, false, false, false])
})

test('a beat that saw nothing does not make a failure new', async () => {
  const scene = openScene()
  scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')
  expect(isTold(await scene.beat(['donna']))).toBe(true)
  scene.write('.mcos/STOP', 'who: ada\n')
  await scene.beat(['donna'])
  rmSync(join(scene.dir, '.mcos/STOP'))
  expect(isTold(await scene.beat(['donna']))).toBe(false)
})

test("a turn that a person's uncommitted lines stand in the way of is told once, with the file", async () => {
  const scene = openScene()
  await scene.send('donna', 'Hello')
  const [file = ''] = scene.list('workspaces/donna/inbox/new')
  const path = `workspaces/donna/inbox/new/${file}`
  // Somebody has staged another version of the message that the turn wants to move.
  scene.git('update-index', '--cacheinfo', `100644,${scene.git('rev-parse', 'HEAD:mcos.yaml').trim()},${path}`)
  const first = await scene.beat(['donna'])
  expect(first.report.agents).toMatchObject([{state: 'failed', error: {code: 'UNCOMMITTED'}}])
  expect(first.report.agents[0]?.reason).toContain(path)
  expect(isTold(first)).toBe(true)
  expect(isTold(await scene.beat(['donna']))).toBe(false)
  expect(scene.list('workspaces/donna/inbox/new')).toEqual([file])
})

test('an outage that goes on is told again only when it looks otherwise', async () => {
  const scene = openScene({
    files: {
      'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `run: sh look`\n',
      'workspaces/donna/look': 'cat state; exit 1\n',
    },
  })
  scene.trust('donna', [{kind: 'run', text: 'run: sh look'}])
  const states: string[] = []
  for (const text of ['a\n', 'a\n', 'b\n', 'b\n']) {
    scene.write('workspaces/donna/state', text)
    states.push((await scene.beatOne('donna')).state)
  }
  expect(states).toEqual(['worked', 'idle', 'worked', 'idle'])
})
