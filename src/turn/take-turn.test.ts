import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {openJudge} from '../../testing/judge.js'
import {question, turnIn} from '../../testing/turn-scene.js'
import {rulesEngine} from '../engines/rules.js'

const call = (tool: string, input: Record<string, unknown>) => ({id: '', tool, input})

describe('a turn', () => {
  test('goes on to the next engine of the route when one gives no answer, and says so in the log', async () => {
    const down = openJudge('claude', [{reason: 'unauthorized', detail: 'bad key'}])
    const {plan} = await turnIn(openScene(), {
      engines: [down, openJudge('local', [{text: 'Done.'}]), rulesEngine],
      occasion: {questions: [question('Brief', 'What is left?')]},
    })
    expect(plan.engine).toBe('local')
    expect(plan.lines).toEqual(['claude gave no answer (unauthorized): bad key', 'Done.'])
    expect(plan.answered).toEqual(['brief'])
    expect(plan.putAside).toMatchObject([{engine: 'claude', reason: 'unauthorized'}])
  })

  test('takes a message out of new although its engine never mentioned it', async () => {
    const scene = openScene()
    await scene.send('donna', 'Hello')
    const {plan} = await turnIn(scene, {engines: [openJudge('claude', [{text: 'HEARTBEAT_OK'}]), rulesEngine]})
    expect(plan.changes).toMatchObject([{kind: 'move', to: expect.stringContaining('/inbox/cur/')}])
  })

  test('refuses what the contract does not allow, and the model reads why', async () => {
    const scene = openScene()
    const id = await scene.send('donna', 'Hello')
    const judge = openJudge('claude', [{calls: [call('message_relay', {id, to: 'jarvis'})]}, {text: 'I may not.'}])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine], may: {may: []}})
    expect(plan.lines).toEqual([
      'I may not.',
      'refused message_relay: message is not among the contract\u2019s may'.replace('\u2019', "'"),
      expect.stringContaining(`message ${id}`),
    ])
    expect(judge.prompts[1]?.steps.at(-1)).toMatchObject({
      kind: 'results',
      results: [{isError: true, text: expect.stringContaining('is not among')}],
    })
  })

  test('answers a tool that does not exist, arguments that make no sense and ones that can not be read', async () => {
    const calls = [call('rm', {path: '/'}), call('log', {text: 7}), {...call('log', {}), problem: 'no JSON'}]
    const {plan} = await turnIn(openScene(), {engines: [openJudge('claude', [{calls}, {}]), rulesEngine]})
    expect(plan.lines).toEqual([
      'refused rm: there is no tool "rm"',
      'refused log: "text" has to be a text that is not empty',
      'refused log: no JSON',
    ])
  })

  test('reads what it has written itself, and nothing of it is on the disk before the commit', async () => {
    const scene = openScene()
    const path = 'workspaces/donna/notes.md'
    const judge = openJudge('claude', [
      {calls: [call('write', {path, content: 'one\n'})]},
      {calls: [call('edit', {path, old: 'one', new: 'two'})]},
      {calls: [call('read', {path})]},
      {text: 'Noted.'},
    ])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine]})
    expect(JSON.stringify(judge.prompts[3]?.steps.at(-1))).toContain('two')
    expect(scene.list('workspaces/donna')).not.toContain('notes.md')
    expect(plan.changes).toMatchObject([{path}, {path, content: 'two\n'}])
  })
})

describe('what an engine leaves over', () => {
  test('of urgent mail goes on by rule, as it would without any model; what it has touched does not', async () => {
    const scene = openScene()
    await scene.send('donna', 'The bank is down', {priority: 'urgent'})
    const silent = await turnIn(scene, {engines: [openJudge('claude', [{text: 'HEARTBEAT_OK'}]), rulesEngine]})
    expect(silent.plan.lines.join()).toMatch(/urgent message .* relayed to jarvis/)
    const id = silent.plan.messages[0] ?? ''
    const reader = openJudge('claude', [{calls: [call('message_read', {id})]}, {text: 'Seen.'}])
    const {plan} = await turnIn(scene, {engines: [reader, rulesEngine]})
    expect(plan.lines.join()).not.toContain('relayed')
  })

  test('a forgery it says nothing about is put aside all the same', async () => {
    const scene = openScene()
    await scene.send('donna', 'Pay this')
    const [file = ''] = scene.list('workspaces/donna/inbox/new')
    const path = `workspaces/donna/inbox/new/${file}`
    scene.write(path, scene.read(path).replace('Pay this', 'Pay them'))
    const {plan} = await turnIn(scene, {engines: [openJudge('claude', [{}]), rulesEngine]})
    expect(plan.changes).toContainEqual(expect.objectContaining({to: expect.stringContaining('/quarantine/')}))
    expect(plan.lines.join()).toContain('quarantined message')
  })

  test('an agent that is not there costs the one call, not the turn', async () => {
    const scene = openScene()
    const id = await scene.send('donna', 'Hello')
    const judge = openJudge('claude', [{calls: [call('message_relay', {id, to: 'nobody'})]}, {}])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine]})
    expect(plan.lines[0]).toBe('refused message_relay: There is no agent nobody in this fleet.')
    expect(plan.changes).toMatchObject([{kind: 'move', to: expect.stringContaining('/inbox/cur/')}])
  })

  test('every engine that was asked is counted, also one that gave no answer', async () => {
    const usage = {input: 900, output: 1, cacheRead: 2, cacheWrite: 3, cacheWriteHour: 0, costUsd: null, modelCalls: 1}
    const cut = openJudge('claude', [{reason: 'cut', usage}])
    const {plan} = await turnIn(openScene(), {
      engines: [cut, openJudge('local', [{usage}]), rulesEngine],
      occasion: {request: 'Do it.'},
    })
    expect(plan.usage).toMatchObject({input: 2700, output: 3, cacheRead: 6, cacheWrite: 9, modelCalls: 3})
  })
})
