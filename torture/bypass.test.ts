import {expect, test} from 'vitest'
import {run} from './bypass.js'

test('whatever the hook lets through changes nothing that is not the agent\u2019s', async () => {
  const {effective, ...result} = await run({rounds: 60, seed: 20261121})
  expect(result).toMatchObject({slipped: 0, waved: 0, examples: []})
  // Attacks that do no harm without a guard would prove nothing with one.
  expect(effective).toBeGreaterThan(10)
})
