import {expect, test} from 'vitest'
import {dice} from './dice.js'
import {TORTURES} from './registry.js'

test.each(Object.entries(TORTURES))('%s says what it does and knows a short form', async (_, load) => {
  const {torture} = await load()
  expect(torture.what).toBeTruthy()
  expect(torture.shortRounds).toBeLessThan(torture.longRounds)
})

test.each([
  ['terminal', 3_000],
  ['paths', 400],
  ['frozen', 3],
])('%s finds nothing wrong in a few rounds', async (name, rounds) => {
  const loaded = await TORTURES[name]?.()
  const report = await loaded?.torture.run({rounds, seed: 20261121})
  expect(report).toMatchObject({wrong: 0, examples: []})
})

test('the same seed plays the same dice', () => {
  const play = (seed: number) =>
    Array.from(
      {length: 20},
      (
        (chance) => () =>
          chance.below(100)
      )(dice(seed)),
    )
  expect(play(7)).toEqual(play(7))
  expect(play(7)).not.toEqual(play(8))
})
