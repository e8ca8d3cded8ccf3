import {expect, inject, test} from 'vitest'
import {torture} from './storms.js'

test.each(['honest', 'one', 'absent'])(
  'a budget that is too small for all who ask at once is never exceeded, with usage told as %s',
  async (usage) => {
    expect(inject('buildFailure')).toBeNull()
    const report = await torture.run({rounds: 4, seed: 20261121, command: `budget ${usage}`})
    expect(report).toMatchObject({wrong: 0, examples: []})
  },
)
