import {expect, test} from 'vitest'
import {torture} from './gitconfig.js'

test('no program that a repository names is run by any command', async () => {
  const {wrong, examples, counts} = await torture.run({rounds: 0, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
  expect(counts['programs run']).toBe(0)
  expect(counts['plants refused by name']).toBe(8)
})
