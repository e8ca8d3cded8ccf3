import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {openJudge} from '../../testing/judge.js'
import type {EngineRequest} from '../engines/engine.js'
import {rulesEngine} from '../engines/rules.js'

const FILES = {
  'workspaces/donna/HEARTBEAT.md':
    '## Papers (every heartbeat)\n`files notes.md` \u2014 anything risky in it?\n\n## Brief (daily 08:00)\nWhat is open?\n',
  'workspaces/donna/notes.md': 'one\n',
}

describe('with the rules alone', () => {
  test('news of a check with a question is logged as a fact, and what needs judgement waits', async () => {
    const scene = openScene({files: FILES})
    await scene.beatOne('donna')
    scene.write('workspaces/donna/notes.md', 'two\n')
    const {state, checks, model_calls} = await scene.beatOne('donna')
    expect({state, model_calls}).toEqual({state: 'worked', model_calls: 0})
    expect(checks.map(({id, status, due}) => [id, status, due])).toEqual([
      ['papers', 'changed', true],
      ['brief', 'waiting-for-engine', true],
    ])
    expect(scene.read('workspaces/donna/memory/2026-11-21.md')).toContain('changed: files notes.md')
    expect((await scene.beatOne('donna')).state).toBe('idle')
  })
})

describe('with an engine that can judge', () => {
  test('one request asks what is due, and the prose of every check that has news, once', async () => {
    const scene = openScene({files: FILES})
    const asked: EngineRequest[] = []
    const oracle = openJudge('oracle', [
      (_, request) => {
        asked.push(request)
        return {text: 'Nothing risky.'}
      },
    ])
    const engines = [oracle, rulesEngine]
    const first = await scene.beat(['donna'], {engines})
    expect(first.report.agents).toMatchObject([{engine: 'oracle', model_calls: 1}])
    expect(first.report.agents[0]?.checks).toMatchObject([{status: 'same'}, {status: 'asked'}])
    expect((await scene.beat(['donna'], {engines})).report.agents).toMatchObject([{state: 'idle', model_calls: 0}])
    scene.write('workspaces/donna/notes.md', 'two\n')
    await scene.beat(['donna'], {engines})
    expect(asked.map(({questions}) => questions.map(({check}) => check))).toEqual([['brief'], ['papers']])
    expect(asked[1]?.questions[0]?.prose).toContain('anything risky')
    expect(JSON.stringify(oracle.prompts[1]?.steps)).toContain('changed: files notes.md')
  })

  test('nothing to report makes no commit and no line, and is not asked again before its time', async () => {
    const scene = openScene({files: FILES})
    const oracle = openJudge('oracle', [{text: 'HEARTBEAT_OK'}])
    const before = scene.countCommits()
    const {report} = await scene.beat(['donna'], {engines: [oracle, rulesEngine]})
    expect(report.agents).toMatchObject([{state: 'worked', reason: 'nothing to report', commit: null, model_calls: 1}])
    await scene.beat(['donna'], {engines: [oracle, rulesEngine]})
    expect(oracle.prompts).toHaveLength(1)
    expect(scene.countCommits()).toBe(before)
    expect(scene.list('workspaces/donna/memory')).toEqual([])
    expect(scene.receipts()).toMatchObject([{state: 'worked', commit: null, model_calls: 1}, {state: 'idle'}])
  })

  test('an engine that breaks its promise and throws fails its own agent, with where it broke', async () => {
    const scene = openScene({files: FILES})
    const broken = openJudge('broken', [() => Promise.reject(new TypeError('cannot read it'))])
    const {report} = await scene.beat(['donna', 'jarvis'], {engines: [broken, rulesEngine]})
    expect(report.agents).toMatchObject([
      {state: 'failed', error: {code: 'BUG', message: expect.stringContaining('cannot read it')}},
      {state: 'idle'},
    ])
    expect(scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))).toEqual([])
  })
})
