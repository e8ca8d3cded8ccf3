import {expect, test} from 'vitest'
import {run} from './clocks.js'

test('no slot runs twice and none is lost untold, whatever the clock does', async () => {
  const {wrong, examples, counts} = await run({rounds: 60, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
  expect(counts['runs']).toBeGreaterThan(500)
})
