import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {findAgent} from '../../workspace/agents.js'
import {auditAgent} from './audit-agent.js'
import {beginAudit} from './audit-session.js'

test('a mistyped session begins nothing, and those that are known are named', async () => {
  const scene = openScene()
  const fleet = await scene.open()
  await expect(auditAgent(fleet, {agent: 'donna', session: 'nope'})).rejects.toMatchObject({
    code: 'NOT_FOUND',
    exit: 2,
    suggestions: [expect.stringMatching(/^mcos guard install donna --claude/)],
  })
  await beginAudit(fleet, findAgent(fleet.home, 'donna'), 'first')
  scene.clock.advance(1_000)
  await beginAudit(fleet, findAgent(fleet.home, 'donna'), 'second')
  await beginAudit(fleet, findAgent(fleet.home, 'jarvis'), 'theirs')
  for (const session of ['nope', 'theirs'])
    await expect(auditAgent(fleet, {agent: 'donna', session})).rejects.toMatchObject({
      code: 'NOT_FOUND',
      exit: 2,
      message: `No session ${session} has been seen in donna's folder. Known: second, first.`,
      suggestions: ['mcos guard audit donna --session second'],
    })
  expect(scene.list('.mcos/audit').sort()).toEqual(['first.json', 'second.json', 'theirs.json'])
  const report = await auditAgent(fleet, {agent: 'donna', session: null})
  expect(report).toMatchObject({session: 'second', has_baseline: true})
})
