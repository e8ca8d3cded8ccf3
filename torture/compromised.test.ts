import {expect, test} from 'vitest'
import {torture} from './compromised.js'

test('a compromised model has no effect outside its contract', async () => {
  expect(await torture.run({rounds: 220, seed: 20261121})).toMatchObject({wrong: 0, examples: []})
})
