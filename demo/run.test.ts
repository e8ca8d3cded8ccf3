import {expect, test} from 'vitest'
import {runDemo} from './run.js'

test('three heartbeats relay a message, notice an outage once, try its recovery, page a person, and commit working turns only', async () => {
  let screen = ''
  const shown = await runDemo((text) => {
    screen += text
  })
  expect(shown).toMatchObject({pages: 1, relayed: 1, outageLines: 1, recoveryLines: 1})
  expect(shown.beats[0]?.agents.map(({state, commit}) => [state, commit])).toEqual(Array(5).fill(['idle', null]))
  const third = shown.beats[2]?.agents ?? []
  expect(third.filter(({state}) => state === 'worked').map(({agent}) => agent)).toEqual(
    expect.arrayContaining(['donna', 'gene']),
  )
  for (const {state, commit} of third) expect(commit !== null).toBe(state === 'worked')
  expect(screen).toContain('$ mcos heartbeat')
  expect(screen).toContain('$ mcos status')
  expect(screen).toContain('$ mcos history')
}, 60_000)
