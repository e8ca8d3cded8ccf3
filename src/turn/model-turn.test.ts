import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {openJudge} from '../../testing/judge.js'
import {question, turnIn} from '../../testing/turn-scene.js'
import type {NewsItem} from '../engines/news.js'
import {rulesEngine} from '../engines/rules.js'
import {estimateTokens} from './tokens.js'
import {CEILINGS} from './turn-input.js'
import type {TurnPlan} from './turn-plan.js'

const call = (tool: string, input: Record<string, unknown>) => ({id: '', tool, input})
const PATH = 'workspaces/donna/notes.md'
const log = (text: string) => ({calls: [call('log', {text})]})

/** Words that no rule takes for a fact. */
function chatter(words: number): string {
  return Array.from({length: words}, (_, index) => (index % 12 === 11 ? 'indeed.' : 'well')).join(' ')
}

function stateOf(scene: Scene): string {
  return scene.git('show', 'HEAD:workspaces/donna/WORKSTATE.md')
}

describe('the loop', () => {
  test('ends with a note when the same call comes for the third time', async () => {
    const judge = openJudge('claude', [log('again')])
    const {plan, events} = await turnIn(openScene(), {engines: [judge, rulesEngine], occasion: {request: 'Go.'}})
    expect(plan.end).toBe('ceiling')
    expect(judge.prompts).toHaveLength(3)
    expect(plan.lines.join('\n')).toContain('log was called with the same arguments 3 times')
    expect(events.at(-1)).toMatchObject({kind: 'end', why: 'ceiling'})
  })

  test.each([
    ['tool calls', {toolCalls: 4}, '4 tool calls are the most'],
    ['requests', {modelCalls: 2}, '2 requests are the most'],
    ['tokens', {tokens: 3_000}, '3000 tokens are the most'],
  ])('has a ceiling on %s, and what was done so far is kept', async (_, ceiling, words) => {
    let lines = 0
    const judge = openJudge('claude', [() => log(`line ${++lines}`)])
    const {plan} = await turnIn(openScene(), {
      engines: [judge, rulesEngine],
      occasion: {request: 'Write down what you see.'},
      ceilings: {...CEILINGS, ...ceiling},
    })
    expect(plan.end).toBe('ceiling')
    expect(plan.lines).toContain('line 1')
    expect(plan.lines.join('\n')).toContain(words)
    expect(plan.changes).toContainEqual(expect.objectContaining({path: 'workspaces/donna/WORKSTATE.md'}))
  })

  test('a ceiling on time counts by the clock', async () => {
    const scene = openScene()
    let lines = 0
    const judge = openJudge('claude', [
      () => {
        scene.clock.advance(6 * 60_000)
        return log(`line ${++lines}`)
      },
    ])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Go.'}})
    expect(plan).toMatchObject({end: 'ceiling', lines: expect.arrayContaining(['15 minutes are the most of a turn'])})
  })

  test('interrupted, it keeps what was done and says where the work stands', async () => {
    const hand = new AbortController()
    const judge = openJudge('claude', [
      log('Called the bank.'),
      () => {
        hand.abort()
        return {}
      },
    ])
    const {plan} = await turnIn(openScene(), {
      engines: [judge, rulesEngine],
      occasion: {request: 'Ask the bank about invoice INV-4711.'},
      signal: hand.signal,
    })
    expect(plan.end).toBe('interrupted')
    expect(plan.lines).toContain('Called the bank.')
    const state = plan.changes.find((change) => change.kind === 'write' && change.path.endsWith('WORKSTATE.md'))
    expect(state).toMatchObject({content: expect.stringContaining('INV-4711')})
  })

  test('after mcos stop nothing of the turn takes effect any more', async () => {
    const scene = openScene()
    const judge = openJudge('claude', [
      () => {
        scene.write('.mcos/STOP', '')
        return {calls: [call('write', {path: PATH, content: 'x\n'})]}
      },
    ])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Write it.'}})
    expect({end: plan.end, changes: plan.changes}).toEqual({end: 'stopped', changes: []})
  })

  test('writes a transcript as it goes, and marks the turn until it is committed', async () => {
    const scene = openScene()
    const judge = openJudge('claude', [
      () => {
        expect(scene.list('.mcos/underway')).toHaveLength(1)
        return log('one')
      },
      {text: 'Done.'},
    ])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Go.'}})
    const kinds = scene
      .read(`.mcos/transcripts/${plan.turn}.jsonl`)
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as {kind: string}).kind)
    expect(kinds).toEqual(['start', 'request', 'reply', 'call', 'result', 'request', 'reply', 'end'])
  })
})

describe('a context that is full', () => {
  const WINDOW = {window: 12_000, maxOutput: 800}

  test('is flushed, checked and committed before anything is cut, and the work goes on from there', async () => {
    const scene = openScene()
    let step = 0
    const judge = openJudge(
      'claude',
      [
        (prompt) => {
          const asked = prompt.steps.at(-1)
          if (asked?.kind === 'prompt' && step > 0 && prompt.steps.length > 1) return {text: ''}
          step++
          if (step > 8) return {text: 'All are called.'}
          return {...log(`Customer C-${100 + step} pays ${step * 10} EUR.`), text: chatter(1_500)}
        },
      ],
      WINDOW,
    )
    const before = scene.countCommits()
    const {plan, events} = await turnIn(scene, {
      engines: [judge, rulesEngine],
      occasion: {request: 'Call all customers. Do not write to Hoffmann until I say so.', with: null},
    })
    const flushes = events.filter((event) => event.kind === 'flush')
    expect(flushes.length).toBeGreaterThanOrEqual(1)
    expect(scene.countCommits()).toBe(before + flushes.length)
    expect(plan.end).toBe('done')
    const state = stateOf(scene)
    expect(state).toContain('Hoffmann')
    expect(state).toContain('C-101')
    expect(estimateTokens(state)).toBeLessThanOrEqual(3_000)
    for (const prompt of judge.prompts) {
      expect(estimateTokens(JSON.stringify([prompt.tools, prompt.prefix, prompt.steps]))).toBeLessThan(12_000)
    }
    const next = judge.prompts.at(-1)?.steps[0]
    expect(next).toMatchObject({kind: 'prompt', text: expect.stringContaining('Hoffmann')})
    expect(events.findIndex(({kind}) => kind === 'flush')).toBeGreaterThan(0)
  })

  test('of an engine with a smaller window is flushed before that one is asked', async () => {
    const scene = openScene()
    let step = 0
    const large = openJudge('large', [
      () => (++step > 3 ? {reason: 'unauthorized'} : {...log(`Ticket T-${step} is open.`), text: chatter(4_000)}),
    ])
    const small = openJudge('small', [{text: 'Done.'}], WINDOW)
    const {plan, events} = await turnIn(scene, {
      engines: [large, small, rulesEngine],
      occasion: {request: 'Look through the tickets.'},
    })
    expect(events.filter(({kind}) => kind === 'flush')).toHaveLength(1)
    expect(plan).toMatchObject({engine: 'small', end: 'done'})
    expect(JSON.stringify(small.prompts.at(-1))).toContain('T-3')
  })

  test('that nothing can be cut from makes the engine pass, with the reason', async () => {
    const scene = openScene({files: {'workspaces/donna/USER.md': chatter(20_000)}})
    const small = openJudge('small', [{text: 'Done.'}], WINDOW)
    const {plan} = await turnIn(scene, {
      engines: [small, rulesEngine],
      occasion: {questions: [question('Brief', 'What is left?')]},
    })
    expect(plan.end).toBe('engines')
    expect(plan.passed.join()).toContain('too-small')
    expect(small.prompts).toEqual([])
  })

  test('is begun anew once when the provider says that it is too long', async () => {
    const scene = openScene()
    let step = 0
    const judge = openJudge('claude', [
      () => (++step === 3 ? {reason: 'too-long'} : step > 3 ? {text: 'Done.'} : log(`Order O-${step} came.`)),
    ])
    const {plan, events} = await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Log the orders.'}})
    expect(plan.end).toBe('done')
    expect(events.filter(({kind}) => kind === 'flush')).toHaveLength(1)
    expect(stateOf(scene)).toContain('O-1')
  })
})

describe('what a killed turn had heard', () => {
  test('is found in its transcript, and committed to WORKSTATE.md before the next turn asks anybody', async () => {
    const scene = openScene()
    const dead = openJudge('claude', [log('Customer C-77 pays 12 EUR.'), () => Promise.reject(new Error('killed'))])
    await expect(
      turnIn(scene, {engines: [dead, rulesEngine], occasion: {request: 'Do nothing about C-77 until I say so.'}}),
    ).rejects.toThrow('killed')
    for (const name of scene.list('.mcos/underway')) {
      const mark = JSON.parse(scene.read(`.mcos/underway/${name}`)) as {process: {pid: number}}
      scene.write(`.mcos/underway/${name}`, JSON.stringify({...mark, process: {...mark.process, pid: 2 ** 22 - 1}}))
    }
    const judge = openJudge('claude', [{text: 'HEARTBEAT_OK'}])
    await turnIn(scene, {engines: [judge, rulesEngine], occasion: {questions: [question('Brief', 'What is left?')]}})
    expect(stateOf(scene)).toContain('C-77')
    expect(JSON.stringify(judge.prompts[0]?.steps[0])).toContain('until I say so')
    expect(existsSync(join(scene.dir, '.mcos/underway'))).toBe(true)
    expect(scene.list('.mcos/underway')).toHaveLength(1)
  })
})

/** What the turn wants written, as if it was committed. */
function keep(scene: Scene, plan: TurnPlan): string {
  const state = plan.changes.findLast((change) => change.kind === 'write' && change.path.endsWith('WORKSTATE.md'))
  if (state?.kind !== 'write') return ''
  scene.write(state.path, state.content)
  scene.commitAll()
  return state.content
}

describe('what a person has said', () => {
  test('stands in the very next request, of a heartbeat too, until that person lifts it', async () => {
    const scene = openScene()
    const judge = openJudge('claude', [{text: 'Understood.'}])
    const engines = [judge, rulesEngine]
    const wait = {request: 'Do nothing in the inbox until I say so.', by: 'ada'}
    expect(keep(scene, (await turnIn(scene, {engines, occasion: wait})).plan)).toContain('Standing (ada)')
    await turnIn(scene, {engines, occasion: {questions: [question('Brief', 'What is left?')]}})
    expect(JSON.stringify(judge.prompts[1]?.steps[0])).toContain('until I say so')
    const lift = {request: 'You may work in the inbox again, go ahead.', by: 'ada'}
    keep(scene, (await turnIn(scene, {engines, occasion: lift})).plan)
    await turnIn(scene, {engines, occasion: {questions: [question('Brief', 'What is left?')]}})
    expect(JSON.stringify(judge.prompts[3]?.steps[0])).not.toContain('until I say so')
  })

  test('holds as well when it came as a signed message of theirs, and not when an agent wrote it', async () => {
    const scene = openScene({
      files: {'mcos.yaml': 'version: 1\nname: northwind\npeople: { ada: { approves: [all] } }\n'},
    })
    scene.addKey('ada')
    scene.commitAll()
    await scene.send('donna', 'Do not pay Hoffmann until I say so.', {from: 'jarvis'})
    const engines = [openJudge('claude', [{text: 'HEARTBEAT_OK'}]), rulesEngine]
    expect(keep(scene, (await turnIn(scene, {engines})).plan)).toBe('')
    const news: NewsItem = {
      kind: 'message',
      check: 'mail',
      message: {
        id: '01JD',
        from: 'ada',
        subject: 'Hoffmann',
        body: 'Do not pay Hoffmann until I say so.',
        priority: 'normal',
        trace: [],
        trusted: true,
        taint: null,
        expired: false,
        why: null,
      },
    }
    const {plan} = await turnIn(scene, {engines, occasion: {news: [news]}})
    expect(keep(scene, plan)).toContain('Standing (ada): Do not pay Hoffmann until I say so.')
  })

  test('of a secret is not kept where it would be committed', async () => {
    const hand = new AbortController()
    const judge = openJudge('claude', [
      () => {
        hand.abort()
        return {}
      },
    ])
    const {plan} = await turnIn(openScene({env: {API: 'correct-horse-battery-staple'}}), {
      engines: [judge, rulesEngine],
      occasion: {
        request: 'The key for invoice INV-1 is sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; remember it.',
      },
      signal: hand.signal,
    })
    const text = JSON.stringify(plan.changes)
    expect(text).toContain('INV-1')
    expect(text).not.toContain('aaaaaaaa')
  })
})

describe('a conversation that goes on', () => {
  test('keeps its beginning byte for byte, with what is new at its end', async () => {
    const scene = openScene()
    const judge = openJudge('claude', [{text: 'Hello Ada.'}, {text: 'Seven.'}])
    const engines = [judge, rulesEngine]
    const first = await turnIn(scene, {engines, occasion: {request: 'Hello.', with: 'ada'}})
    scene.clock.advance(60_000)
    const steps = [...first.plan.steps, {kind: 'prompt' as const, text: 'How many?'}]
    await turnIn(scene, {engines, occasion: {request: 'How many?', with: 'ada'}, steps})
    const [one, two] = judge.prompts
    expect(two?.prefix).toBe(one?.prefix)
    expect(two?.steps.slice(0, 1)).toEqual(one?.steps)
    expect(two?.steps.map(({kind}) => kind)).toEqual(['prompt', 'answer', 'prompt'])
    expect(two?.keep.steps).toBe('5m')
  })

  test('hears what people have told the agent elsewhere meanwhile, once', async () => {
    const scene = openScene()
    const judge = openJudge('claude', [{text: 'Hello Ada.'}])
    const engines = [judge, rulesEngine]
    const first = await turnIn(scene, {engines, occasion: {request: 'Hello.', with: 'ada'}})
    const elsewhere = {request: 'Pay nobody until I say so.', by: 'ben'}
    keep(scene, (await turnIn(scene, {engines, occasion: elsewhere})).plan)
    const ask = (text: string, {steps}: TurnPlan) =>
      turnIn(scene, {engines, occasion: {request: text, with: 'ada'}, steps: [...steps, {kind: 'prompt', text}]})
    const second = await ask('How many?', first.plan)
    await ask('And now?', second.plan)
    expect(judge.prompts[2]?.steps.at(-1)).toMatchObject({text: expect.stringMatching(/Pay nobody[\s\S]*How many/)})
    expect(JSON.stringify(judge.prompts[3]?.steps).match(/Pay nobody/g)).toHaveLength(1)
  })
})
