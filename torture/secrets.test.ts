import {expect, test} from 'vitest'
import {torture} from './secrets.js'

test('of secrets in every form each of the fleet’s own is found at commit and at send, and ordinary lines pass', async () => {
  const {counts, wrong, examples} = await torture.run({rounds: 120, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
  expect(counts).toMatchObject({'own found at commit': '100 %', 'own found at send': '100 %'})
})
