import {expect, test} from 'vitest'
import {mcos} from '../../../testing/built-mcos.js'
import {openScene} from '../../../testing/heartbeat-scene.js'

test('mcos workstate show --json has the head in the words of the file', async () => {
  const scene = openScene()
  scene.write(
    'workspaces/donna/WORKSTATE.md',
    '---\nturn: t_01JD0W9M3Q5Y7Z8A1B2C3D4E5F\nat: 2026-11-21T08:30:00.000Z\ncontext_used: 171000\nwindow: 200000\nengine: claude\nresumes: 2\n---\n## Goal\nSend the invoices.\n',
  )
  const ran = await mcos(['workstate', 'show', 'donna', '--json'], {cwd: scene.dir})
  expect(ran).toMatchObject({code: 0})
  expect(JSON.parse(ran.stdout)).toMatchObject({
    agent: 'donna',
    goal: 'Send the invoices.',
    head: {turn: 't_01JD0W9M3Q5Y7Z8A1B2C3D4E5F', context_used: 171_000, window: 200_000, engine: 'claude', resumes: 2},
  })
})
