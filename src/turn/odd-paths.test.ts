import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {type Line, openJudge} from '../../testing/judge.js'
import {question, turnIn} from '../../testing/turn-scene.js'
import {rulesEngine} from '../engines/rules.js'
import {totalTokens} from '../engines/usage.js'
import {CEILINGS} from './turn-input.js'

const WINDOW = {window: 12_000, maxOutput: 800}
const WORKSTATE = 'workspaces/donna/WORKSTATE.md'
const BRIEF = {questions: [question('Brief', 'What is left?')]}
const log = (text: string) => ({calls: [{id: '', tool: 'log', input: {text}}]})
const words = (count: number) => 'well '.repeat(count)

describe('a route whose engines differ', () => {
  test('tells at the end of the whole turn of an engine that was put aside before a cut', async () => {
    const down = openJudge('claude', [{reason: 'unauthorized', detail: 'bad key'}])
    const local = openJudge('local', [{...log('a line'), text: words(8_000)}, {text: ''}, {text: 'Done.'}], WINDOW)
    const {plan, events} = await turnIn(openScene(), {engines: [down, local, rulesEngine], occasion: {request: 'Go.'}})
    expect(events.filter(({kind}) => kind === 'flush')).toHaveLength(1)
    expect(plan.putAside).toMatchObject([{engine: 'claude', reason: 'unauthorized'}])
    expect(down.prompts).toHaveLength(1)
  })

  test('names the engine that refused, not the first one', async () => {
    const engines = [openJudge('claude', [{reason: 'cut'}]), openJudge('local', [{reason: 'invalid'}]), rulesEngine]
    const {plan} = await turnIn(openScene(), {engines, occasion: BRIEF})
    expect(plan).toMatchObject({end: 'failed', engine: 'local', failure: {code: 'ENGINE_REFUSED'}})
  })
})

describe('an answer', () => {
  test('that ends as nobody knows is one: the question is not put again', async () => {
    const {plan} = await turnIn(openScene(), {
      engines: [openJudge('claude', [{text: 'Nothing.', end: 'unknown', answered: []}]), rulesEngine],
      occasion: BRIEF,
    })
    expect(plan).toMatchObject({end: 'done', answered: ['brief']})
    expect(plan.lines).toContain('the answer ended in a way that is not known')
  })

  test('goes into the log without the secret that it repeats', async () => {
    const {plan} = await turnIn(openScene({env: {API_KEY: 'hunter2-hunter2-hunter2'}}), {
      engines: [openJudge('claude', [{text: 'It is ghp_16C7e42F292c6912E7710c838347Ae178B4a.'}]), rulesEngine],
      occasion: BRIEF,
    })
    expect(plan.lines.join()).not.toContain('ghp_')
  })
})

describe('a cut', () => {
  test('counts what it asked the model itself to the turn’s tokens', async () => {
    const lines: Line[] = [{...log('one'), text: words(8_000)}, {text: ''}, log('two'), {text: 'Done.'}]
    const turn = (tokens: number) =>
      turnIn(openScene(), {
        engines: [openJudge('claude', lines, WINDOW), rulesEngine],
        occasion: {request: 'Go.'},
        ceilings: {...CEILINGS, tokens},
      })
    const {plan, events} = await turn(1e9)
    expect(plan.end).toBe('done')
    const used = events.flatMap((event) => (event.kind === 'reply' ? totalTokens(event.usage) : []))
    const [first = 0, , third = 0] = used
    expect(used).toHaveLength(4)
    expect((await turn(first + third + 1)).plan.end).toBe('ceiling')
  })

  test('keeps as a note what stands in a WORKSTATE.md that can not be read', async () => {
    const broken = '---\nturn: t_1\nOrder O-4711 waits for Hoffmann until 2026-12-01.\n'
    const judge = openJudge('claude', [log('one'), log('one'), log('one')])
    const {plan} = await turnIn(openScene({files: {[WORKSTATE]: broken}}), {
      engines: [judge, rulesEngine],
      occasion: {request: 'Go on.'},
    })
    expect(plan.end).toBe('ceiling')
    const state = plan.changes.find((change) => change.kind === 'write' && change.path === WORKSTATE)
    expect(state).toMatchObject({content: expect.stringContaining('O-4711')})
  })
})
