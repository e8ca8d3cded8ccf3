import {expect, inject, test} from 'vitest'
import {torture} from './heartbeats.js'

test('of 32 simultaneous heartbeats of one agent one takes the turn, and nothing is lost or left', async () => {
  expect(inject('buildFailure')).toBeNull()
  const report = await torture.run({rounds: 1, seed: 1})
  expect(report).toMatchObject({wrong: 0, examples: []})
})
