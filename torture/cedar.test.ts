import {expect, test} from 'vitest'
import {run} from './cedar.js'

test('the guard answers as Cedar does', async () => {
  const {wrong, examples, counts} = await run({rounds: 5_000, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
  for (const effect of ['allow', 'ask', 'deny']) expect(counts[effect], effect).toBeGreaterThan(200)
})
