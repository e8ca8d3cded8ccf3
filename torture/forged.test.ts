import {expect, test} from 'vitest'
import {run} from './forged.js'

test('no forged message is taken for true, and no true one for forged', () => {
  expect(run({rounds: 150, seed: 20261121})).toMatchObject({accepted: 0, refusedTrue: 0, examples: []})
})
