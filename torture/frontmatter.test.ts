import {expect, test} from 'vitest'
import {run} from './frontmatter.js'

test('no header runs, crashes, pollutes or takes its time', async () => {
  const {wrong, examples, counts} = await run({rounds: 300, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
  expect(counts['refused']).toBeGreaterThan(300)
})
