import {describe, expect, test} from 'vitest'
import type {Script} from '../../../testing/model-server/behaviour.js'
import {asksFor, says} from '../../../testing/model-server/behaviour.js'
import {openRunScene, type RunScene, writes} from '../../../testing/run-scene.js'
import {runEpisodes} from './episodes.js'
import {exitOf} from './report.js'

const STATE = 'workspaces/donna/WORKSTATE.md'

async function open(script: Script): Promise<RunScene> {
  return openRunScene(script)
}

async function work(scene: RunScene, {episodes = 5, turns = 2, signal = new AbortController().signal} = {}) {
  const request = {agent: 'donna', text: 'Please write the five letters to the tenants', episodes, turns}
  return runEpisodes(await scene.open(), request, {signal})
}

describe('episodes', () => {
  test('are each a commit, and the next one is handed WORKSTATE.md', async () => {
    let file = 0
    const scene = await open(() => asksFor([writes(`letter-${++file}.md`)]))
    const before = scene.countCommits()
    const report = await work(scene, {episodes: 3, turns: 2})
    expect(report.stopped_because).toBe('episodes')
    expect(report.episodes).toHaveLength(3)
    expect(report.episodes.map(({end}) => end)).toEqual(['ceiling', 'ceiling', 'ceiling'])
    expect(report.commits).toHaveLength(3)
    expect(scene.countCommits()).toBe(before + 3)
    expect(report.model_calls).toBe(6)
    expect(report.tokens.output).toBe(report.episodes.reduce((sum, {tokens}) => sum + tokens.output, 0))
    expect(scene.server.requests).toHaveLength(6)
    expect(scene.server.requests[2]?.raw.toString()).toContain('letter-1.md')
    expect(scene.server.requests[2]?.raw.toString()).toContain('episode 2 of at most 3')
    expect(exitOf(report)).toBe(1)
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('end when the goal is marked as done', async () => {
    const scene = await open([
      asksFor([writes('a.md')]),
      asksFor([writes('b.md')]),
      asksFor([{tool: 'workstate', input: {goal_done: true}}]),
      says('All five are written.'),
    ])
    const report = await work(scene, {turns: 2})
    expect(report).toMatchObject({stopped_because: 'goal', error: null})
    expect(report.episodes.map(({end}) => end)).toEqual(['ceiling', 'done'])
    expect(exitOf(report)).toBe(0)
    expect(scene.list('workspaces/donna')).not.toContain('WORKSTATE.md')
  })

  test('end after two in a row that changed nothing', async () => {
    const scene = await open((_, index) =>
      asksFor([{tool: 'read', input: {path: `workspaces/donna/${index % 2 ? 'SOUL' : 'HEARTBEAT'}.md`}}]),
    )
    const report = await work(scene, {episodes: 9, turns: 1})
    expect(scene.read(STATE)).toContain('## Goal\nPlease write the five letters to the tenants\n')
    expect(scene.read(STATE)).not.toContain('episode')
    expect(report).toMatchObject({stopped_because: 'no-progress', error: {code: 'NO_PROGRESS'}})
    expect(report.episodes.length).toBeLessThan(5)
  })

  test('end with a refusal of the model, and with Ctrl-C', async () => {
    const refusing = await open([says('I will not.', {end: 'refusal'})])
    expect(await work(refusing)).toMatchObject({stopped_because: 'refusal', error: {code: 'MODEL_REFUSED'}})
    const end = new AbortController()
    const scene = await open(() => {
      end.abort()
      return asksFor([writes('a.md')])
    })
    expect(await work(scene, {signal: end.signal})).toMatchObject({stopped_because: 'interrupted'})
    expect(scene.server.requests).toHaveLength(1)
  })

  test('end with the stop file, and nothing follows', async () => {
    const scene = await open((_, index) => {
      if (index === 1) scene.write('.mcos/STOP.donna', 'who: ada\n')
      return asksFor([writes(`letter-${index}.md`)])
    })
    const report = await work(scene, {turns: 1})
    expect(report.stopped_because).toBe('stopped')
    expect(exitOf(report)).toBe(3)
    expect(scene.server.requests).toHaveLength(2)
  })
})
