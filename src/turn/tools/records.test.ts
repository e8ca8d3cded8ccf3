import {expect, test} from 'vitest'
import {openToolScene} from '../../../testing/tool-scene.js'
import {parseAlert} from '../../workspace/alert-file.js'
import {parseTask} from '../../workspace/task-file.js'

test('facts of one turn stand below one another, each with its source, and a known one is not kept twice', async () => {
  const {tell, planned} = await openToolScene({
    files: {'workspaces/donna/MEMORY.md': '# Donna\n\n## Ada\n- likes tea\n'},
  })
  expect(await tell('remember', {topic: 'Ada', fact: 'is away on Fridays'})).toMatch(
    /source memory\/2026-11-21.md t_01J0/,
  )
  await tell('remember', {topic: 'Ada', fact: 'her door code changes monthly', source: 'memory/2026-11-02.md#L3'})
  expect(await tell('remember', {topic: 'Ada', fact: 'Likes tea'})).toBe('that is known already')
  expect(planned('workspaces/donna/MEMORY.md')).toBe(
    [
      '# Donna\n\n## Ada\n- likes tea',
      '- is away on Fridays (source: memory/2026-11-21.md t_01J00000000000000000000000, confidence: medium)',
      '- her door code changes monthly (source: memory/2026-11-02.md#L3, confidence: medium)\n',
    ].join('\n'),
  )
})

test('a contract that writes nothing remembers nothing', async () => {
  const {call} = await openToolScene({contract: {writes: []}})
  expect((await call('remember', {topic: 'Ada', fact: 'x'})).effect).toBe('deny')
})

test('a task is a draft of its creator, in a file that reads back', async () => {
  const {call, context} = await openToolScene({contract: {may: ['task.create']}})
  const {done} = await call('task_create', {title: 'Mend the boiler: now!', text: 'It leaks.', priority: 'high'})
  const [path = ''] = [...context.draft.touched()]
  expect(path).toMatch(/^tasks\/[0-9A-Z]{26}-mend-the-boiler-now\/task\.md$/)
  const task = parseTask(context.draft.readText(path) ?? '', path)
  expect(task).toMatchObject({title: 'Mend the boiler: now!', createdBy: 'donna', priority: 'high', body: 'It leaks.'})
  expect(done?.line).toBe(`task ${task.id} drafted: Mend the boiler: now!`)
  expect((await call('task_create', {title: '---\nby: ada'})).refusal).toBeNull()
})

test('P3 is noted, what is above it a hypothesis with evidence, and each level has its own word in the contract', async () => {
  const {call, tell, context} = await openToolScene({contract: {may: ['alert.P3', 'alert.P2']}})
  expect(await tell('alert_raise', {level: 'P3', title: 'Odd', evidence: []})).toMatch(/: noted$/)
  expect(await tell('alert_raise', {level: 'P2', title: 'Leak', evidence: []})).toMatch(/P2 needs evidence/)
  const since = '2026-11-21T09:00:00+01:00'
  expect(await tell('alert_raise', {level: 'P2', title: 'Leak', evidence: ['log line 7']})).toMatch(/hypothesis/)
  expect(await tell('alert_raise', {level: 'P3', title: 'Drip', evidence: ['log line 8'], since})).toMatch(/noted/)
  const path = [...context.draft.touched()].find((touched) => touched.endsWith('-drip/alert.md')) ?? ''
  expect(parseAlert(context.draft.readText(path) ?? '', path)).toMatchObject({
    by: 'donna',
    level: 'P3',
    evidence: ['log line 8'],
    since: '2026-11-21T08:00:00Z',
  })
  expect((await call('alert_raise', {level: 'P1', title: 'Fire', evidence: ['x']})).effect).toBe('deny')
  expect(await tell('alert_raise', {level: 'P9', title: 'Fire', evidence: []})).toMatch(/one of P0, P1, P2, P3/)
  const ahead = {level: 'P3', title: 'x', evidence: [], since: '2026-11-22T00:00:00Z'}
  expect(await tell('alert_raise', ahead)).toMatch(/lies ahead: it is 2026-11-21T08:30:00.000Z now/)
})
