import {rmSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {openJudge} from '../../../testing/judge.js'
import {openToolScene} from '../../../testing/tool-scene.js'
import {turnIn} from '../../../testing/turn-scene.js'
import {rulesEngine} from '../../engines/rules.js'
import {runToolWhere} from '../tools/run-program.js'

const FILES = {'workspaces/jarvis/plan.md': 'theirs\n', 'wiki/page.md': 'a page\n'}

test('an engine that is a program and writes past its copy into the home has it taken back, and the log says so', async () => {
  const scene = openScene({files: FILES})
  scene.write('wiki/page.md', 'half a thought of a person\n')
  const judge = openJudge('code', [
    async (_, request) => {
      await request.workFolder()
      scene.write('workspaces/jarvis/plan.md', 'mine\n')
      scene.write('workspaces/donna/SOUL.md', '---\ncontract: {may: [deploy]}\n---\n')
      rmSync(`${scene.dir}/wiki/page.md`)
      return {text: 'Done.'}
    },
  ])
  const {plan} = await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Go.'}})
  expect(plan.lines.filter((line) => line.startsWith('taken back')).map((line) => line.split(':')[1]?.trim())).toEqual([
    'workspaces/donna/SOUL.md, changed past the copy',
    'wiki/page.md, changed past the copy',
    'workspaces/jarvis/plan.md, changed past the copy',
  ])
  expect(plan.notes.join('\n')).toContain('without a sandbox of mcos')
  expect(scene.read('workspaces/jarvis/plan.md')).toBe('theirs\n')
  expect(scene.read('wiki/page.md')).toBe('half a thought of a person\n')
  expect(scene.git('status', '--porcelain').trim()).toBe('M wiki/page.md')
})

test('so has one that was ended before it answered', async () => {
  const scene = openScene({files: FILES})
  const judge = openJudge('code', [
    async (_, request) => {
      await request.workFolder()
      scene.write('workspaces/jarvis/plan.md', 'mine\n')
      return {reason: 'interrupted'}
    },
  ])
  await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Go.'}})
  expect(scene.read('workspaces/jarvis/plan.md')).toBe('theirs\n')
})

test('and so has a program that runs without a sandbox', async () => {
  const {call, scene} = await openToolScene({
    files: FILES,
    tools: [runToolWhere(() => false)],
    contract: {commands: ['sh'], unsandboxed: true},
  })
  const {done} = await call('run', {command: `sh -c 'echo mine > ${scene.dir}/workspaces/jarvis/plan.md'`})
  expect(done?.text).toMatch(
    /^exit 0 without a sandbox\ntaken back: workspaces\/jarvis\/plan\.md, changed past the copy/,
  )
  expect(done?.line).toMatch(/taken back: workspaces\/jarvis\/plan\.md/)
  expect(scene.read('workspaces/jarvis/plan.md')).toBe('theirs\n')
})
