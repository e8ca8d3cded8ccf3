import {expect, test} from 'vitest'
import {torture} from './approvals.js'

test('in a few schedules nothing happens without a yes that counts, and nothing twice', async () => {
  expect(await torture.run({rounds: 6, seed: 20261121})).toMatchObject({wrong: 0, examples: []})
})
