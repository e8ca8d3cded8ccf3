import {expect, test} from 'vitest'
import {openDemoJudge} from './judge.js'
import {runDemo} from './run.js'

test('four heartbeats triage a mailbox, relay a message, notice an outage once, try its recovery, page a person, and commit working turns only', async () => {
  let screen = ''
  const shown = await runDemo((text) => {
    screen += text
  })
  expect(shown).toMatchObject({pages: 1, mailPages: 3, relayed: 1, escalated: 3, outageLines: 1, recoveryLines: 1})
  const others = shown.beats[1]?.agents.filter(({agent}) => agent !== 'jarvis') ?? []
  expect(others.map(({state, commit}) => [state, commit])).toEqual(Array(4).fill(['idle', null]))
  const third = shown.beats[3]?.agents ?? []
  expect(third.filter(({state}) => state === 'worked').map(({agent}) => agent)).toEqual(
    expect.arrayContaining(['donna', 'gene']),
  )
  for (const {state, commit} of third) expect(commit !== null).toBe(state === 'worked')
  expect(screen).toContain('$ mcos heartbeat')
  expect(screen).toContain('$ mcos status')
  expect(screen).toContain('$ mcos history')
})

test('with a model the same beats answer what is due in one call each, draft, relay, and tell what it cost', async () => {
  const judge = await openDemoJudge({})
  let screen = ''
  const shown = await runDemo((text) => {
    screen += text
  }, judge)
  await judge.close()
  expect(judge.isReal).toBe(false)
  expect(shown).toMatchObject({pages: 1, relayed: 1, outageLines: 1, recoveryLines: 1})
  expect(shown.judged).toBeGreaterThan(3)
  expect(shown.costUsd).toBeGreaterThan(0)
  const [first] = shown.beats
  for (const {agent, checks, model_calls} of first?.agents ?? []) {
    // Donna's mail is sorted in one call more, before her turn.
    const sorting = agent === 'donna' ? 1 : 0
    expect(model_calls).toBe((checks.some(({status}) => status === 'asked') ? 1 : 0) + sorting)
  }
  expect(screen).toContain('scripted stand-in')
  expect(screen).toContain('$ mcos usage')
})
