import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {type Line, openJudge} from '../../testing/judge.js'
import type {EngineModel} from '../engines/engine.js'
import {rulesEngine} from '../engines/rules.js'

const LOG = 'workspaces/donna/memory/2026-11-21.md'
const FILES = {
  'workspaces/donna/HEARTBEAT.md': '## Papers (every heartbeat)\n`files notes.md` \u2014 anything risky in it?\n',
  'workspaces/donna/notes.md': 'one\n',
}
const log = (text: string) => ({calls: [{id: '', tool: 'log', input: {text}}]})

/** Donna has looked once, and then her notes have changed; the engine says these lines. */
async function sceneWithNews(lines: readonly Line[], model: Partial<EngineModel> = {}) {
  const scene = openScene({files: FILES})
  await scene.beatOne('donna')
  scene.write('workspaces/donna/notes.md', 'two\n')
  scene.commitAll()
  const judge = openJudge('claude', lines, model)
  const beat = async (signal?: AbortSignal) => {
    const engines = [judge, rulesEngine]
    const [report] = (await scene.beat(['donna'], {engines, ...(signal ? {signal} : {})})).report.agents
    if (!report) throw new Error('no report')
    return report
  }
  return {scene, judge, beat}
}

function timesTold(scene: Scene): number {
  const text = scene.list('workspaces/donna/memory').length === 0 ? '' : scene.read(LOG)
  return text.split('changed: files notes.md').length - 1
}

/** As if the process that took these turns had been killed. */
function buryTheDead(scene: Scene): void {
  for (const name of scene.list('.mcos/underway')) {
    const mark = JSON.parse(scene.read(`.mcos/underway/${name}`)) as {process: {pid: number}}
    scene.write(`.mcos/underway/${name}`, JSON.stringify({...mark, process: {...mark.process, pid: 2 ** 22 - 1}}))
  }
}

describe('news of a turn that came to nothing', () => {
  test('is told by the next beat when the engine refused the request', async () => {
    const {scene, beat} = await sceneWithNews([{reason: 'invalid'}, {text: 'Nothing risky.'}])
    expect((await beat()).state).toBe('failed')
    expect(timesTold(scene)).toBe(0)
    expect((await beat()).state).toBe('worked')
    expect(timesTold(scene)).toBe(1)
  })

  test('is told by the next beat when mcos stop came in between, and the receipt says so', async () => {
    const {scene, judge, beat} = await sceneWithNews([
      () => {
        scene.write('.mcos/STOP', '')
        return log('one')
      },
      {text: 'Nothing risky.'},
    ])
    expect(await beat()).toMatchObject({state: 'skipped', reason: 'stopped', model_calls: 1, commit: null})
    expect(scene.receipts().at(-1)).toMatchObject({state: 'skipped', reason: 'stopped', model_calls: 1})
    scene.git('clean', '-fdxq', '.mcos/STOP')
    await beat()
    expect(judge.prompts).toHaveLength(2)
    expect(timesTold(scene)).toBe(1)
  })

  test('is left alone by the rules, too, when mcos stop came before the first answer', async () => {
    const {scene, beat} = await sceneWithNews([
      () => {
        scene.write('.mcos/STOP', '')
        return {reason: 'cut'}
      },
    ])
    await scene.send('donna', 'Hello')
    const before = scene.countCommits()
    expect(await beat()).toMatchObject({state: 'skipped', reason: 'stopped'})
    expect(scene.countCommits()).toBe(before)
    expect(timesTold(scene)).toBe(0)
  })

  test('is told by the next beat when this one was interrupted before anybody answered', async () => {
    const hand = new AbortController()
    const {scene, beat} = await sceneWithNews([
      () => {
        hand.abort()
        return {}
      },
      {text: 'Nothing risky.'},
    ])
    const before = scene.countCommits()
    expect(await beat(hand.signal)).toMatchObject({state: 'skipped', reason: 'interrupted', error: null})
    expect(scene.countCommits()).toBe(before)
    expect(scene.list('.mcos/underway')).toEqual([])
    await beat()
    expect(timesTold(scene)).toBe(1)
  })

  test('costs no commit beat for beat, though a message waits that was told', async () => {
    const scene = openScene()
    await scene.send('donna', 'Pay invoice INV-4711 by Friday.')
    const judge = openJudge('claude', [{reason: 'invalid'}])
    const before = scene.countCommits()
    for (let count = 0; count < 3; count++) {
      await scene.beat(['donna'], {engines: [judge, rulesEngine]})
      buryTheDead(scene)
    }
    expect(scene.countCommits()).toBe(before)
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
  })
})

describe('a beat whose context is cut', () => {
  const WINDOW = {window: 12_000, maxOutput: 800}
  const words = (count: number) => 'well '.repeat(count)
  /** Fills the context, is asked what to add, and then goes on with these. */
  const full = (...rest: Line[]): Line[] => [{...log('a line'), text: words(8_000)}, {text: ''}, ...rest]

  test('has told its news with the first part, also when it is killed after that', async () => {
    const {scene, beat} = await sceneWithNews(
      full(() => Promise.reject(new Error('killed')), {text: 'Nothing risky.'}),
      WINDOW,
    )
    expect((await beat()).state).toBe('failed')
    expect(timesTold(scene)).toBe(1)
    buryTheDead(scene)
    await beat()
    expect(timesTold(scene)).toBe(1)
  })

  test('reports what all parts used and which messages they moved', async () => {
    const {scene, beat} = await sceneWithNews(full({text: 'Nothing risky.'}), WINDOW)
    const id = await scene.send('donna', 'Hello')
    scene.write('workspaces/donna/HEARTBEAT.md', `${FILES['workspaces/donna/HEARTBEAT.md']}\n## Mail\n\`inbox\`\n`)
    scene.commitAll()
    const report = await beat()
    const receipts = scene.receipts().filter(({model_calls}) => model_calls > 0)
    expect(receipts.map(({reason}) => reason)).toEqual(['flushed', expect.any(String)])
    expect(report.model_calls).toBe(receipts.reduce((sum, {model_calls}) => sum + model_calls, 0))
    expect(report.messages).toEqual([id])
    expect(report.checks.map(({status}) => status)).toEqual(['changed', 'changed'])
    expect((await beat()).state).toBe('idle')
  })

  test('ends with one receipt that has its cost when a person is writing in the same file', async () => {
    const {scene, beat} = await sceneWithNews(full({text: 'Nothing risky.'}), WINDOW)
    scene.write('workspaces/donna/WORKSTATE.md', '# WORKSTATE.md\n')
    scene.commitAll()
    scene.write('workspaces/donna/WORKSTATE.md', '# WORKSTATE.md\n\n## Facts\n- Mine, not committed.\n')
    const report = await beat()
    expect(report).toMatchObject({state: 'failed', error: {message: expect.stringContaining('WORKSTATE.md')}})
    expect(report.model_calls).toBeGreaterThan(0)
    const receipts = scene.receipts().filter(({model_calls}) => model_calls > 0)
    expect(receipts.map(({state, model_calls}) => [state, model_calls])).toEqual([['failed', report.model_calls]])
    expect(scene.read('workspaces/donna/WORKSTATE.md')).toContain('Mine, not committed.')
  })
})

describe('what a killed turn had heard', () => {
  test('is recovered once, under a turn of its own, also when no engine answers after that', async () => {
    const {scene, judge, beat} = await sceneWithNews([
      log('Customer C-77 pays 12 EUR.'),
      () => Promise.reject(new Error('killed')),
      {reason: 'unauthorized'},
    ])
    await beat()
    buryTheDead(scene)
    await beat()
    expect(judge.prompts).toHaveLength(3)
    expect(scene.list('.mcos/underway')).toEqual([])
    const turns = scene
      .receipts()
      .map(({turn, agent}) => `${agent} ${turn}`)
      .slice(1)
    expect(new Set(turns).size).toBe(turns.length)
    const before = scene.countCommits()
    await beat()
    expect(scene.countCommits()).toBe(before)
  })
})

describe('a beat with nothing to say', () => {
  test('makes no commit because one engine of its route is put aside, and its receipt names it', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': '## Brief (every heartbeat)\nWhat is open?\n'}})
    const engines = [
      openJudge('claude', [{reason: 'unauthorized', detail: 'bad key'}]),
      openJudge('local', [{text: 'HEARTBEAT_OK'}]),
      rulesEngine,
    ]
    await scene.beat(['donna'], {engines})
    const before = scene.countCommits()
    scene.clock.advance(60_000)
    const [report] = (await scene.beat(['donna'], {engines})).report.agents
    expect(report).toMatchObject({state: 'worked', engine: 'local', reason: 'nothing to report'})
    expect(scene.countCommits()).toBe(before)
    expect(JSON.stringify(scene.receipts().at(-1))).toContain('claude gave no answer (aside)')
  })
})
