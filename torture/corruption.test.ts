import {expect, test} from 'vitest'
import {run} from './corruption.js'

test('a damaged file is a named error or says what it says, never a crash or a silent default', async () => {
  const {wrong, examples} = await run({rounds: 40, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
})
