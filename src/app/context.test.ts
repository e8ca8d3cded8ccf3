import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {presentContext} from '../present/context.js'
import {contextOf} from './context.js'

const HEARTBEAT =
  '# HEARTBEAT.md\n\n## Brief (daily 08:00)\nWhat is open?\n\n## Week (weekly mon)\nPlan it.\n\n## Rules\n- Nothing to report: HEARTBEAT_OK\n'

describe('what a model would be sent', () => {
  test('is, for a heartbeat, the standing rules and the judgement that is due', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': HEARTBEAT}})
    const {parts, text} = await contextOf(await scene.open(), 'donna', {purpose: 'heartbeat'})
    expect(parts.map(({name, cached}) => [name, cached])).toEqual([
      ['tools', true],
      ['soul', true],
      ['heartbeat', true],
      ['how', true],
      ['now', false],
      ['request', false],
    ])
    expect(text).toContain('HEARTBEAT_OK')
    expect(text).toContain('What is open?')
    expect(text).not.toContain('Plan it.')
  })

  test('is, for a piece of work, its text, and nothing of the heartbeat', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': HEARTBEAT}})
    const {parts, text} = await contextOf(await scene.open(), 'donna', {purpose: 'Draft the answer'})
    expect(parts.map(({name}) => name)).toEqual(['tools', 'soul', 'how', 'now', 'request'])
    expect(text).toContain('Draft the answer')
    expect(text).not.toContain('HEARTBEAT_OK')
  })

  test('has the same prefix at another time, byte for byte', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': HEARTBEAT}})
    const prefixes: string[] = []
    for (const at of ['2026-11-21T08:30:00Z', '2027-03-01T19:01:02Z']) {
      scene.clock.set(at)
      const {parts, text} = await contextOf(await scene.open(), 'donna', {purpose: 'heartbeat'})
      const cached = parts.filter((part) => part.cached)
      prefixes.push(
        Buffer.from(text)
          .subarray(
            0,
            cached.reduce((sum, {bytes}) => sum + bytes + 1, -1),
          )
          .toString(),
      )
    }
    expect(prefixes[0]).toBe(prefixes[1])
    expect(prefixes[0]).not.toMatch(/t_[0-9A-Z]{26}|\d\d:\d\d:\d\d/)
  })

  test('is sized for the first engine of the agent’s route', async () => {
    const config =
      'version: 1\nengines:\n  local: { kind: openai, base_url: http://127.0.0.1:1/v1, model: m, context: 32000 }\nroutes: { default: [rules], triage: [local, rules] }\n'
    const scene = openScene({
      files: {'mcos.yaml': config, 'workspaces/donna/SOUL.md': '---\nroute: triage\n---\n# Donna\n'},
    })
    const report = await contextOf(await scene.open(), 'donna', {purpose: 'heartbeat'})
    expect(report).toMatchObject({engine: 'local', window: 32_000, flush_at: 0.85})
    expect(presentContext(report)).toContain(' % of 32000, flushed at 85 %')
  })

  test('of an agent without a SOUL.md is what it has', async () => {
    const scene = openScene()
    scene.write('workspaces/new/USER.md', '# Ada\n')
    const report = await contextOf(await scene.open(), 'new', {purpose: 'Say hello'})
    expect(report.parts.map(({name}) => name)).toEqual(['tools', 'user', 'how', 'now', 'request'])
    expect(report).toMatchObject({engine: 'rules', window: null})
    expect(presentContext(report)).toContain('no window is set')
  })

  test('of an agent that has no file at all is how to answer and the moment', async () => {
    const scene = openScene()
    scene.write('workspaces/new/notes.txt', 'x')
    const {parts} = await contextOf(await scene.open(), 'new', {purpose: 'heartbeat'})
    expect(parts.map(({name}) => name)).toEqual(['tools', 'how', 'now'])
  })
})
